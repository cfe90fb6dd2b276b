//! Agencies of the caller's account.

use super::users::delete_linked;
use super::{check_description, check_name, get};
use crate::{Agency, Assignment, Caller, DomainRef, Error, Live};
use countersign_store::{Document, Link, delete, put, write};
use countersign_types::{AgencyId, DomainId, Timestamp};

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// What to set; everything else stays.
#[derive(Default)]
pub struct AgencyDraft {
    /// Unique in the account; only when it is created.
    pub name: Option<String>,
    /// The account whose users may act as the agency.
    pub trusted: Option<DomainRef>,
    /// Free text.
    pub description: Option<String>,
    /// For how many days from now; the inner `None` for ever.
    pub duration_days: Option<Option<u32>>,
}

impl Live {
    /// Creates an agency.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Invalid`], [`Error::NameTaken`], [`Error::NotFound`] for the trusted account, or
    /// a fault.
    pub fn create_agency(&self, caller: &Caller, draft: &AgencyDraft) -> Result<Agency, Error> {
        caller.require("iam:agencies:createAgency", &caller.resource("agency", "*"))?;
        let name = draft.name.clone().ok_or(Error::Invalid { field: "name", reason: "a name" })?;
        let trusted = self.trusted(draft)?;
        let trusted = trusted
            .ok_or(Error::Invalid { field: "trust_domain_id", reason: "an account, by id or name" })?;
        let agency = Agency {
            id: AgencyId::parse(&self.identity.new_id()).expect("hex digits are an identifier"),
            domain_id: caller.domain.id.clone(),
            name,
            trust_domain_id: trusted,
            description: String::new(),
            duration_days: None,
            expires: None,
            epoch: 0,
            created: self.now(),
        };
        let agency = apply(agency, draft, self.now())?;
        write(self.identity.store.as_ref(), |writer| Ok::<_, Error>(put(writer, &agency)?))?;
        Ok(agency)
    }

    /// Changes an agency, which ends every session of it.
    ///
    /// # Errors
    /// As [`Live::create_agency`], and [`Error::NotFound`].
    pub fn update_agency(&self, caller: &Caller, id: &str, draft: &AgencyDraft) -> Result<Agency, Error> {
        caller.require("iam:agencies:updateAgency", &caller.resource("agency", id))?;
        let trusted = self.trusted(draft)?;
        write(self.identity.store.as_ref(), |writer| {
            let mut agency = apply(get(writer, caller, "agency", id)?, draft, self.now())?;
            agency.epoch += 1;
            if let Some(trusted) = &trusted {
                agency.trust_domain_id = trusted.clone();
            }
            put(writer, &agency)?;
            Ok(agency)
        })
    }

    /// Deletes an agency with its roles and every session of it.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`], or a fault.
    pub fn delete_agency(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require("iam:agencies:deleteAgency", &caller.resource("agency", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let agency: Agency = get(writer, caller, "agency", id)?;
            delete_linked::<Assignment>(writer, &Link::new("agency", id))?;
            delete::<Agency>(writer, agency.scope(), id)?;
            Ok(())
        })
    }

    fn trusted(&self, draft: &AgencyDraft) -> Result<Option<DomainId>, Error> {
        let Some(asked) = &draft.trusted else { return Ok(None) };
        let directory = self.directory()?;
        let domain = directory.find_domain(asked);
        let (DomainRef::Id(id) | DomainRef::Name(id)) = asked;
        domain
            .map(|domain| Some(domain.id.clone()))
            .ok_or_else(|| Error::NotFound { kind: "domain", id: id.clone() })
    }
}

fn apply(mut agency: Agency, draft: &AgencyDraft, now: Timestamp) -> Result<Agency, Error> {
    if let Some(name) = &draft.name {
        check_name(name)?;
        name.clone_into(&mut agency.name);
    }
    if let Some(description) = &draft.description {
        check_description(description)?;
        description.clone_into(&mut agency.description);
    }
    if let Some(days) = draft.duration_days {
        agency.duration_days = days;
        agency.expires = days.map(|days| Timestamp::from_unix(now.unix() + u64::from(days) * DAY_SECONDS));
    }
    Ok(agency)
}
