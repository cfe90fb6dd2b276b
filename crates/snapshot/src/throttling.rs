//! What limits calls, compiled.

use crate::{
    error::{Error, Fault},
    source::{self, Source, Span},
};
use countersign_types::{ApiId, AppId, PublishId, ThrottleId};
use foldhash::fast::RandomState;
use std::{collections::HashMap, sync::Arc};

/// Which policy limits what is published, and whom its limits are for.
#[derive(Debug, Default)]
pub struct Throttling {
    publications: HashMap<PublishId, Throttled, RandomState>,
    app_users: HashMap<AppId, Box<str>, RandomState>,
}

/// A publication as throttling sees it.
#[derive(Debug)]
pub struct Throttled {
    /// The API.
    pub api_id: ApiId,
    /// The policy; without one the default of the gateway acts.
    pub policy: Option<Arc<Throttle>>,
}

/// A request throttling policy.
#[derive(Debug)]
pub struct Throttle {
    /// Its id.
    pub id: ThrottleId,
    /// Calls of all APIs that it is bound to count together, not those of each apart.
    pub shared: bool,
    /// Length of its windows; not 0.
    pub span: Span,
    /// Most calls in a window of all callers together.
    pub api: u32,
    /// Of each source address, if there is such a limit.
    pub ip: Option<u32>,
    user: Option<u32>,
    app: Option<u32>,
    special_apps: HashMap<AppId, u32, RandomState>,
    special_users: HashMap<Box<str>, u32, RandomState>,
}

impl Throttling {
    pub(crate) fn compile(source: &Source) -> Result<Self, Error> {
        let mut policies = HashMap::with_capacity(source.throttling.policies.len());
        for policy in &source.throttling.policies {
            let place = |fault: Fault| fault.at("throttling policy", &policy.id);
            let compiled = Arc::new(Throttle::compile(policy).map_err(place)?);
            if policies.insert(&policy.id, compiled).is_some() {
                return Err(place(Fault::Duplicate("throttling policy id")));
            }
        }
        let mut throttling = Self::default();
        for release in source.groups.iter().flat_map(|group| &group.releases) {
            let policy = release.throttle_id.as_ref().map(|id| policies.get(id).cloned());
            let unresolved = || Fault::Unresolved("throttling policy").at("API", &release.api_id);
            let policy = policy.map(|found| found.ok_or_else(unresolved)).transpose()?;
            let throttled = Throttled { api_id: release.api_id.clone(), policy };
            throttling.publications.insert(release.publish_id.clone(), throttled);
        }
        let users = source.throttling.app_users.iter();
        throttling.app_users = users.map(|app| (app.app_id.clone(), app.user_id.as_str().into())).collect();
        Ok(throttling)
    }

    /// Everything that is published.
    pub fn publications(&self) -> impl Iterator<Item = (&PublishId, &Throttled)> {
        self.publications.iter()
    }

    /// The project or account that an app belongs to.
    #[must_use]
    pub fn user_of_app(&self, app: &AppId) -> Option<&str> {
        self.app_users.get(app).map(|user| &**user)
    }
}

impl Throttle {
    fn compile(source: &source::Throttle) -> Result<Self, Fault> {
        if source.span.count == 0 {
            return Err(Fault::Invalid("length of a window"));
        }
        let special_users = source.special_users.iter();
        Ok(Self {
            id: source.id.clone(),
            shared: source.shared,
            span: source.span,
            api: source.api,
            ip: source.ip,
            user: source.user,
            app: source.app,
            special_apps: source.special_apps.iter().cloned().collect(),
            special_users: special_users.map(|(id, limit)| (id.as_str().into(), *limit)).collect(),
        })
    }

    /// Most calls of this app in a window, if it is limited.
    #[must_use]
    pub fn limit_of_app(&self, app: &AppId) -> Option<u32> {
        self.special_apps.get(app).copied().or(self.app)
    }

    /// As whom a user counts, and its limit, if it is limited: with the first of its ids that has a special limit,
    /// otherwise with the last.
    #[must_use]
    pub fn limit_of_user<'u>(&self, ids: &[&'u str]) -> Option<(&'u str, u32)> {
        let special = |id: &&'u str| self.special_users.get(*id).map(|limit| (*id, *limit));
        let usual = || ids.last().copied().zip(self.user);
        ids.iter().find_map(special).or_else(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::TimeUnit;

    fn policy() -> source::Throttle {
        source::Throttle {
            id: "policy".to_owned().try_into().unwrap(),
            shared: false,
            span: Span { count: 10, unit: TimeUnit::Minute },
            api: 100,
            user: Some(50),
            app: None,
            ip: None,
            special_apps: vec![("favored".to_owned().try_into().unwrap(), 70)],
            special_users: vec![("project".to_owned(), 60)],
        }
    }

    #[test]
    fn a_special_limit_takes_the_place_of_the_usual_one() {
        let throttle = Throttle::compile(&policy()).unwrap();
        let app = |id: &str| throttle.limit_of_app(&AppId::parse(id).unwrap());
        assert_eq!((app("favored"), app("other")), (Some(70), None));
        assert_eq!(throttle.limit_of_user(&["project", "account"]), Some(("project", 60)));
        assert_eq!(throttle.limit_of_user(&["other", "account"]), Some(("account", 50)));
        assert_eq!(throttle.limit_of_user(&[]), None);
    }

    #[test]
    fn a_window_is_said_in_the_published_form() {
        let span = policy().span;
        assert_eq!((span.to_string().as_str(), span.seconds()), ("10 minute", 600));
    }

    #[test]
    fn a_window_without_length_is_refused() {
        let policy = source::Throttle { span: Span { count: 0, unit: TimeUnit::Day }, ..policy() };
        assert_eq!(Throttle::compile(&policy).unwrap_err(), Fault::Invalid("length of a window"));
    }
}
