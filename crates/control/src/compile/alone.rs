//! One version of one API as debugging serves it: alone in its group, and without the policies bound to it.

use super::{bare, frozen, scope};
use crate::publish::Version;
use crate::{App, AppAuth, Control, Error, Group, ResponseSet, links, responses};
use countersign_snapshot::source;
use countersign_store::{Link, Reader, list, list_linked};
use countersign_types::AppId;

/// Longest time that debugging waits for a backend.
const TIMEOUT_MS_MAX: u32 = 60_000;

/// Which apps may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callers {
    /// Those that are authorized in the version's environment.
    Authorized,
    /// Every app of the gateway: nobody can be authorized for what is in no environment.
    AllApps,
}

impl Control {
    /// The group with the version as its only release; without one it holds nothing. The group is reached by its
    /// subdomain, also while that does not serve.
    pub(crate) fn compile_alone(
        &self,
        reader: &dyn Reader,
        group: &Group,
        served: Option<(&Version, &str, Callers)>,
    ) -> Result<source::Group, Error> {
        let release = served.map(|(version, env_name, callers)| {
            let mut release = frozen(version)?;
            let of_policies = release.definition.policies.iter_mut().map(|policy| &mut policy.backend);
            std::iter::once(&mut release.definition.backend).chain(of_policies).for_each(limit_time);
            let authorized_apps = apps(reader, group, version, callers)?;
            Ok::<_, Error>(source::Release { env_name: env_name.to_owned(), authorized_apps, ..release })
        });
        Ok(source::Group {
            hosts: vec![group.subdomain(&self.domain_suffix).to_ascii_lowercase()],
            by_address: group.is_default,
            releases: release.transpose()?.into_iter().collect(),
            responses: responses::stored(reader, group)?.iter().map(ResponseSet::compile).collect(),
            ..bare(&group.instance_id, &group.id)
        })
    }
}

fn limit_time(backend: &mut source::Backend) {
    if let source::Backend::Http { timeout_ms, .. } = backend {
        *timeout_ms = TIMEOUT_MS_MAX.min(*timeout_ms);
    }
}

fn apps(
    reader: &dyn Reader,
    group: &Group,
    version: &Version,
    callers: Callers,
) -> Result<Vec<AppId>, Error> {
    if callers == Callers::AllApps {
        let apps: Vec<App> = list(reader, scope(group))?;
        return Ok(apps.into_iter().map(|app| app.id).collect());
    }
    let to_api = Link::new(links::API, version.api_id.as_str());
    let auths: Vec<AppAuth> = list_linked(reader, scope(group), &to_api)?;
    let here = auths.into_iter().filter(|auth| auth.env_id == version.env_id);
    Ok(here.map(|auth| auth.app_id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backend_has_at_most_a_minute() {
        for (written, limited) in [(1, 1), (60_000, 60_000), (60_001, 60_000), (600_000, 60_000)] {
            let mut backend = source::Backend::Http {
                tls: false,
                address: "a".to_owned(),
                method: "GET".to_owned(),
                path: "/".to_owned(),
                timeout_ms: written,
                retries: Some(0),
            };
            limit_time(&mut backend);
            assert!(matches!(backend, source::Backend::Http { timeout_ms, .. } if timeout_ms == limited));
        }
    }
}
