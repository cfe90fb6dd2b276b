//! From the store to what the data plane serves.
//!
//! One group is compiled from what its publications link to, and from nothing else: whoever knows which group a
//! change touches can compile that group alone.

mod access;
mod alone;
mod authorizer;
mod gateway;
mod signature;
mod throttling;

pub(crate) use gateway::features;

pub(crate) use alone::Callers;

use crate::acls::AppAcl;
use crate::publish::{Publication, Version, freeze::freeze};
use crate::{
    App, AppAuth, AppCode, Authorizer, Control, Env, Error, Functions, Group, Instance, ResponseSet,
    app_quotas, diagnosis, links, responses,
};
use countersign_snapshot::{Snapshot, source};
use countersign_store::{Link, Reader, Scope, find, list, list_linked};
use countersign_types::{AppId, EnvId, GroupId, InstanceId};
use source::{AccessKey, Identity, Source};
use std::collections::{HashMap, HashSet};

impl Control {
    /// Everything that the data plane serves, from one consistent view of the store, for the callers in `identity`.
    ///
    /// # Errors
    /// A fault of the store, or secrets that the vault cannot open.
    pub fn compile(&self, identity: Identity) -> Result<Source, Error> {
        let mut source = Source::empty(0);
        self.read(|reader| {
            source.revision = reader.revision()?;
            source.apps = self.compile_apps(reader, &identity.access_keys)?;
            source.throttling = throttling::compile(reader)?;
            let surroundings = Surroundings::read(reader, self, &source.apps)?;
            let gateways: Vec<Instance> = list(reader, Scope::All)?;
            source.authorizers = self.compile_authorizers(reader, &gateways)?;
            source.gateways = gateways.iter().map(gateway::compile).collect();
            let groups: Vec<Group> = list(reader, Scope::All)?;
            source.groups =
                groups.iter().map(|group| surroundings.compile(reader, group)).collect::<Result<_, _>>()?;
            Ok(())
        })?;
        Ok(Source { identity, ..source })
    }

    fn compile_authorizers(
        &self,
        reader: &dyn Reader,
        gateways: &[Instance],
    ) -> Result<Vec<source::Authorizer>, Error> {
        let authorizers: Vec<Authorizer> = list(reader, Scope::All)?;
        let compile = |authorizer: &Authorizer| {
            let gateway = gateways.iter().find(|gateway| gateway.id == authorizer.instance_id);
            authorizer::compile(authorizer, gateway, &self.functions)
        };
        Ok(authorizers.iter().map(compile).collect())
    }

    /// An app whose key is also a user's access key is left out: the data plane would refuse both, and with them
    /// everything else.
    fn compile_apps(
        &self,
        reader: &dyn Reader,
        access_keys: &[AccessKey],
    ) -> Result<Vec<source::App>, Error> {
        let taken: HashSet<_> = access_keys.iter().map(|pair| &pair.key).collect();
        let apps: Vec<App> = list(reader, Scope::All)?;
        let mut codes = HashMap::<_, Vec<_>>::new();
        for code in list::<AppCode>(reader, Scope::All)? {
            codes.entry(code.app_id).or_default().push(code.digest);
        }
        let open = |app: App| {
            let secret = self.open_app_secret(&app)?;
            let codes = codes.remove(&app.id).unwrap_or_default();
            let previous = self.previous_secret(&app)?;
            let quota = app_quotas::compile(reader, &app)?;
            let (addresses, diagnosed) = (app.acl.map(AppAcl::compile), app.diagnosed);
            let plain = source::App::new(app.id, app.name, app.key, secret);
            Ok(source::App { previous, codes, quota, addresses, diagnosed, ..plain })
        };
        apps.into_iter().filter(|app| !taken.contains(&app.key)).map(open).collect()
    }
}

impl Control {
    /// The secret that was replaced, as long as it holds.
    fn previous_secret(&self, app: &App) -> Result<Option<source::PreviousSecret>, Error> {
        let now = (self.now)();
        let Some(previous) = app.previous.as_ref().filter(|previous| now < previous.until) else {
            return Ok(None);
        };
        let secret = self.unseal_app_secret(app, &previous.sealed_secret)?;
        Ok(Some(source::PreviousSecret { secret, until: previous.until }))
    }
}

/// Passes when the data plane would take the authorizer; what it refuses would keep everybody's changes away.
pub(crate) fn check_authorizer(authorizer: &Authorizer, functions: &Functions) -> Result<(), Error> {
    let authorizers = vec![authorizer::compile(authorizer, None, functions)];
    let compiled = Snapshot::compile(&Source { authorizers, ..Source::empty(0) });
    compiled.map(drop).map_err(|refusal| Error::parameters(refusal.fault))
}

/// What all groups have in common.
struct Surroundings<'a> {
    control: &'a Control,
    /// The built-in gateway.
    built_in: Option<InstanceId>,
    /// Apps that the data plane knows.
    apps: HashSet<&'a AppId>,
    /// Names of environments; RELEASE has the same id on every gateway.
    env_names: HashMap<(InstanceId, EnvId), String>,
}

impl<'a> Surroundings<'a> {
    fn read(reader: &dyn Reader, control: &'a Control, apps: &'a [source::App]) -> Result<Self, Error> {
        let instances: Vec<Instance> = list(reader, Scope::All)?;
        let envs: Vec<Env> = list(reader, Scope::All)?;
        Ok(Self {
            control,
            built_in: instances.into_iter().next().map(|instance| instance.id),
            apps: apps.iter().map(|app| &app.id).collect(),
            env_names: envs.into_iter().map(|env| ((env.instance_id, env.id), env.name)).collect(),
        })
    }

    fn compile(&self, reader: &dyn Reader, group: &Group) -> Result<source::Group, Error> {
        let link = Link::new(links::GROUP, group.id.as_str());
        let serving: Vec<Publication> = list_linked(reader, scope(group), &link)?;
        let mut releases = Vec::with_capacity(serving.len());
        for publication in &serving {
            releases.extend(self.release(reader, group, publication)?);
        }
        let subdomain = group.subdomain_enabled.then(|| group.subdomain(&self.control.domain_suffix));
        Ok(source::Group {
            subdomain: subdomain.map(|host| host.to_ascii_lowercase()),
            by_address: group.is_default && self.built_in.as_ref() == Some(&group.instance_id),
            releases,
            responses: responses::stored(reader, group)?.iter().map(ResponseSet::compile).collect(),
            ..bare(&group.instance_id, &group.id)
        })
    }

    /// `None` when version, environment or a policy are gone: then nothing is served rather than anything old.
    fn release(
        &self,
        reader: &dyn Reader,
        group: &Group,
        publication: &Publication,
    ) -> Result<Option<source::Release>, Error> {
        let Some(effective) = &publication.effective else { return Ok(None) };
        let version: Option<Version> =
            find(reader, group.instance_id.as_str(), effective.version_id.as_str())?;
        let env_name = self.env_names.get(&(group.instance_id.clone(), publication.env_id.clone()));
        let Some((version, env_name)) = version.zip(env_name) else { return Ok(None) };
        let to_api = Link::new(links::API, publication.api_id.as_str());
        let auths: Vec<AppAuth> = list_linked(reader, scope(group), &to_api)?;
        let here = auths.into_iter().filter(|auth| auth.env_id == version.env_id);
        let authorized_apps = here.map(|auth| auth.app_id).filter(|app| self.apps.contains(app)).collect();
        let access = access::compile(reader, scope(group), &publication.id)?;
        let Some(access) = access else { return Ok(None) };
        let signature = signature::compile(self.control, reader, publication)?;
        Ok(Some(source::Release {
            env_name: env_name.clone(),
            authorized_apps,
            access,
            signature,
            diagnosed: diagnosis::of_api(reader, &group.instance_id, &publication.api_id)?,
            throttle_id: throttling::of(reader, scope(group), &publication.id)?,
            ..frozen(&version)?
        }))
    }
}

/// The version alone, for nobody.
fn frozen(version: &Version) -> Result<source::Release, Error> {
    Ok(source::Release {
        publish_id: version.publish_id.clone(),
        version_id: version.id.clone(),
        api_id: version.api_id.clone(),
        api_name: version.definition.name.clone(),
        env_id: version.env_id.clone(),
        env_name: version.env_id.to_string(),
        definition: freeze(&version.resolved()?)?,
        authorized_apps: Vec::new(),
        throttle_id: None,
        access: source::Access::default(),
        signature: None,
        diagnosed: false,
    })
}

/// Passes when the data plane would serve the version. The data plane refuses a source as a whole, so that one
/// version that it does not accept would keep everybody's changes away.
pub(crate) fn check_servable(version: &Version) -> Result<(), Error> {
    let group = source::Group {
        releases: vec![frozen(version)?],
        ..bare(&version.instance_id, &version.definition.group_id)
    };
    let gateway = source::Gateway { id: version.instance_id.clone(), features: source::Features::default() };
    let compiled =
        Snapshot::compile(&Source { gateways: vec![gateway], groups: vec![group], ..Source::empty(0) });
    compiled.map(drop).map_err(|refusal| Error::parameters(refusal.fault))
}

/// A group that nothing reaches and that holds nothing.
fn bare(instance: &InstanceId, id: &GroupId) -> source::Group {
    source::Group {
        id: id.clone(),
        instance_id: instance.clone(),
        subdomain: None,
        hosts: Vec::new(),
        by_address: false,
        releases: Vec::new(),
        responses: Vec::new(),
    }
}

fn scope(group: &Group) -> Scope<'_> {
    Scope::One(group.instance_id.as_str())
}
