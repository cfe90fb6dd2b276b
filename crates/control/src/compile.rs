//! From the store to what the data plane serves.
//!
//! One group is compiled from what its publications link to, and from nothing else: whoever knows which group a
//! change touches can compile that group alone.

use crate::publish::{Effective, Publication, Version, freeze::freeze};
use crate::{App, AppAuth, Control, Env, Error, Group, Instance, links};
use countersign_snapshot::source as snapshot;
use countersign_store::{Link, Reader, Scope, find, list, list_linked};
use countersign_types::{ApiId, AppId, EnvId};
use snapshot::{AccessKey, Source};

impl Control {
    /// Everything that the data plane serves, from one consistent view of the store.
    ///
    /// # Errors
    /// A fault of the store, or secrets that the vault cannot open.
    pub fn compile(&self, access_keys: Vec<AccessKey>) -> Result<Source, Error> {
        let mut source =
            Source { format: Source::FORMAT, revision: 0, groups: Vec::new(), apps: Vec::new(), access_keys };
        self.read(|reader| {
            source.revision = reader.revision()?;
            source.groups = self.compile_groups(reader)?;
            source.apps = self.compile_apps(reader)?;
            Ok(())
        })?;
        Ok(source)
    }

    fn compile_groups(&self, reader: &dyn Reader) -> Result<Vec<snapshot::Group>, Error> {
        let built_in = list::<Instance>(reader, Scope::All)?.into_iter().next().map(|instance| instance.id);
        let groups: Vec<Group> = list(reader, Scope::All)?;
        let compile = |group: &Group| {
            let by_address = group.is_default && built_in.as_ref() == Some(&group.instance_id);
            Ok(snapshot::Group { by_address, ..self.compile_group(reader, group)? })
        };
        groups.iter().map(compile).collect()
    }

    fn compile_group(&self, reader: &dyn Reader, group: &Group) -> Result<snapshot::Group, Error> {
        let link = Link::new(links::GROUP, group.id.as_str());
        let publications: Vec<Publication> = list_linked(reader, scope(group), &link)?;
        let mut releases = Vec::with_capacity(publications.len());
        for publication in &publications {
            if let Some(effective) = &publication.effective {
                releases.extend(release(reader, group, publication, effective)?);
            }
        }
        let subdomain =
            group.subdomain_enabled.then(|| group.subdomain(&self.domain_suffix).to_ascii_lowercase());
        Ok(snapshot::Group {
            id: group.id.clone(),
            instance_id: group.instance_id.clone(),
            hosts: subdomain.into_iter().collect(),
            by_address: false,
            releases,
        })
    }

    fn compile_apps(&self, reader: &dyn Reader) -> Result<Vec<snapshot::App>, Error> {
        let open = |app: App| {
            let secret = self.open_app_secret(&app)?;
            Ok(snapshot::App { id: app.id, name: app.name, key: app.key, secret })
        };
        list::<App>(reader, Scope::All)?.into_iter().map(open).collect()
    }
}

/// `None` when version or environment are gone: then nothing is served rather than anything old.
fn release(
    reader: &dyn Reader,
    group: &Group,
    publication: &Publication,
    effective: &Effective,
) -> Result<Option<snapshot::Release>, Error> {
    let instance = group.instance_id.as_str();
    let version: Option<Version> = find(reader, instance, effective.version_id.as_str())?;
    let env: Option<Env> = find(reader, instance, publication.env_id.as_str())?;
    let Some((version, env)) = version.zip(env) else { return Ok(None) };
    Ok(Some(snapshot::Release {
        publish_id: publication.id.clone(),
        version_id: version.id.clone(),
        api_id: publication.api_id.clone(),
        definition: freeze(&version.resolved()?)?,
        api_name: version.definition.name,
        authorized_apps: authorized_apps(reader, group, &publication.api_id, &env.id)?,
        env_id: env.id,
        env_name: env.name,
    }))
}

fn authorized_apps(
    reader: &dyn Reader,
    group: &Group,
    api: &ApiId,
    env: &EnvId,
) -> Result<Vec<AppId>, Error> {
    let auths: Vec<AppAuth> = list_linked(reader, scope(group), &Link::new(links::API, api.as_str()))?;
    Ok(auths.into_iter().filter(|auth| auth.env_id == *env).map(|auth| auth.app_id).collect())
}

fn scope(group: &Group) -> Scope<'_> {
    Scope::One(group.instance_id.as_str())
}
