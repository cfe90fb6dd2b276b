//! The built-in roles. Services decide by the internal name, which is what a token's body lists.

use super::{Reach, Role, RoleKind};
use countersign_policy::{Kind, Policy};
use countersign_types::RoleId;
use std::sync::{Arc, LazyLock};

/// Every built-in role as callers hold it.
pub(crate) static HELD: LazyLock<Vec<Arc<Role>>> =
    LazyLock::new(|| ROLES.iter().map(|role| Arc::new(role.to_role())).collect());

/// A built-in role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// Fixed id: 32 lower-case hex digits.
    pub id: &'static str,
    /// Internal name, as in the body of a token.
    pub name: &'static str,
    /// Name for people.
    pub display_name: &'static str,
    /// Service it belongs to.
    pub catalog: &'static str,
    /// What it gives.
    pub description: &'static str,
    /// Where it can be given.
    pub reach: Reach,
    /// Whether it is a role of the older, coarse kind or a policy.
    pub kind: RoleKind,
    /// What it says, as a document.
    pub document: &'static str,
}

/// Everything in every service.
pub const TENANT_ADMINISTRATOR: BuiltIn = BuiltIn {
    id: "5c9a1f0d3b5e4f2c8a7d6e1b0c4f9a21",
    name: "te_admin",
    display_name: "Tenant Administrator",
    catalog: "BASE",
    description: "All services except identity",
    reach: Reach::Everywhere,
    kind: RoleKind::Role,
    document: r#"{"Version":"1.0","Statement":[{"Effect":"Allow","NotAction":["iam:*:*"]}]}"#,
};

/// Reads everything except identity.
pub const TENANT_GUEST: BuiltIn = BuiltIn {
    id: "8e2b7c44d1f04b6fa3c95d7e60b1f832",
    name: "readonly",
    display_name: "Tenant Guest",
    catalog: "BASE",
    description: "Reading in all services except identity",
    reach: Reach::Everywhere,
    kind: RoleKind::Role,
    document: concat!(
        r#"{"Version":"1.0","Statement":[{"Effect":"Allow","#,
        r#""Action":["*:*:get*","*:*:list*","*:*:show*","*:*:check*"],"#,
        r#""Condition":{"StringNotEquals":{"g:ServiceName":["iam"]}}}]}"#
    ),
};

/// Users, groups, rights and agencies of the account.
pub const SECURITY_ADMINISTRATOR: BuiltIn = BuiltIn {
    id: "1d7f3ab96c5243e0b8e4a2c90f6d7153",
    name: "secu_admin",
    display_name: "Security Administrator",
    catalog: "BASE",
    description: "All of identity",
    reach: Reach::Domain,
    kind: RoleKind::Role,
    document: r#"{"Version":"1.0","Statement":[{"Effect":"Allow","Action":["iam:*:*","sts:*:*"]}]}"#,
};

/// May act as agencies of other accounts.
pub const AGENT_OPERATOR: BuiltIn = BuiltIn {
    id: "a0c6e85b27f94d13967b4f8e3d2c1a64",
    name: "te_agency",
    display_name: "Agent Operator",
    catalog: "BASE",
    description: "Acting as an agency",
    reach: Reach::Domain,
    kind: RoleKind::Role,
    document: r#"{"Version":"1.0","Statement":[{"Effect":"Allow","Action":["iam:tokens:assume","iam:agencies:assume"]}]}"#,
};

/// May look at tokens of every account; for services that check tokens of their callers.
pub const SERVICE: BuiltIn = BuiltIn {
    id: "3f84d2e7905c4ab1b6d0e9f75a8c2b95",
    name: "service",
    display_name: "service",
    catalog: "KEYSTONE",
    description: "Validating tokens of every account",
    reach: Reach::Everywhere,
    kind: RoleKind::Role,
    document: r#"{"Version":"1.0","Statement":[{"Effect":"Allow","Action":["iam:tokens:get*","iam:tokens:check*"]}]}"#,
};

/// All actions of identity.
pub const IAM_FULL_ACCESS: BuiltIn = iam(
    "f15c8a92e07d4b3699d2b7f4c83e0a59",
    "iam_full_access",
    "IAM FullAccess",
    "All actions of identity",
    r#"{"Version":"1.1","Statement":[{"Effect":"Allow","Action":["iam:*:*"]}]}"#,
);

/// Reading actions of identity.
pub const IAM_READ_ONLY_ACCESS: BuiltIn = iam(
    "06bd9e23f18e5c47aae3c805d94f1b6a",
    "iam_read_only_access",
    "IAM ReadOnlyAccess",
    "Reading actions of identity",
    r#"{"Version":"1.1","Statement":[{"Effect":"Allow","Action":["iam:*:get*","iam:*:list*","iam:*:check*"]}]}"#,
);

/// All built-in roles.
///
/// The internal names of the coarse roles are the published ones. The three names `admin`, `member`, `reader`
/// are what services behind Keystone's middleware decide by; nothing decides by them here.
pub const ROLES: &[BuiltIn] = &[
    TENANT_ADMINISTRATOR,
    TENANT_GUEST,
    SECURITY_ADMINISTRATOR,
    AGENT_OPERATOR,
    SERVICE,
    apig(
        "c72e9b04f3a84d5d8e16b0a7d5f3c986",
        "apig_adm",
        "APIG Administrator",
        "All of API gateways",
        RoleKind::Role,
        r#"{"Version":"1.0","Statement":[{"Effect":"Allow","Action":["apig:*:*"]}]}"#,
    ),
    apig(
        "d90b5e7ac41f4326a8f7c3d12e6b40f7",
        "apig_full_access",
        "APIG FullAccess",
        "All actions of API gateways",
        RoleKind::Policy,
        r#"{"Version":"1.1","Statement":[{"Effect":"Allow","Action":["apig:*:*"]}]}"#,
    ),
    apig(
        "e4a7d138b6f05c92871cd3f0a95b2e68",
        "apig_read_only_access",
        "APIG ReadOnlyAccess",
        "Reading actions of API gateways",
        RoleKind::Policy,
        r#"{"Version":"1.1","Statement":[{"Effect":"Allow","Action":["apig:*:get*","apig:*:list*"]}]}"#,
    ),
    IAM_FULL_ACCESS,
    IAM_READ_ONLY_ACCESS,
    keystone("17cead34029f6d58bbf4d916ea502c7b", "admin"),
    keystone("28dfbe45130a7e69cc05ea27fb613d8c", "member"),
    keystone("39e0cf56241b8f7add16fb380c724e9d", "reader"),
];

/// Roles of the group that the first administrator is in.
pub(crate) const ADMINISTRATORS: &[&str] = &["te_admin", "secu_admin", "te_agency", "apig_adm", "admin"];

impl BuiltIn {
    /// The built-in role with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        ROLES.iter().find(|role| role.id == id)
    }

    /// The built-in role with this internal name.
    #[must_use]
    pub fn find_by_name(name: &str) -> Option<&'static Self> {
        ROLES.iter().find(|role| role.name == name)
    }

    /// Its id as a value.
    #[must_use]
    pub fn role_id(&self) -> RoleId {
        RoleId::parse(self.id).expect("hex digits are an identifier")
    }

    fn to_role(self) -> Role {
        let document = serde_json::from_str(self.document).expect("a test reads every document");
        Role {
            id: self.role_id(),
            domain_id: None,
            name: self.name.to_owned(),
            display_name: self.display_name.to_owned(),
            catalog: self.catalog.to_owned(),
            description: self.description.to_owned(),
            description_cn: String::new(),
            reach: self.reach,
            kind: self.kind,
            policy: Policy::parse(&document, Kind::Role).expect("a test reads every document"),
            document,
            created: None,
            updated: None,
        }
    }
}

const fn apig(
    id: &'static str,
    name: &'static str,
    display_name: &'static str,
    description: &'static str,
    kind: RoleKind,
    document: &'static str,
) -> BuiltIn {
    BuiltIn { id, name, display_name, catalog: "APIG", description, reach: Reach::Project, kind, document }
}

const fn iam(
    id: &'static str,
    name: &'static str,
    display_name: &'static str,
    description: &'static str,
    document: &'static str,
) -> BuiltIn {
    BuiltIn {
        id,
        name,
        display_name,
        catalog: "IAM",
        description,
        reach: Reach::Domain,
        kind: RoleKind::Policy,
        document,
    }
}

const fn keystone(id: &'static str, name: &'static str) -> BuiltIn {
    BuiltIn {
        id,
        name,
        display_name: name,
        catalog: "KEYSTONE",
        description: "For services that decide by this name",
        reach: Reach::Everywhere,
        kind: RoleKind::Role,
        document: r#"{"Version":"1.0","Statement":[{"Effect":"Allow","Action":["keystone:*:*"]}]}"#,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_and_names_of_roles_are_unique() {
        let ids: HashSet<_> = ROLES.iter().map(|role| role.id).collect();
        let names: HashSet<_> = ROLES.iter().map(|role| role.name).collect();
        assert_eq!((ids.len(), names.len()), (ROLES.len(), ROLES.len()));
    }

    #[test]
    fn every_document_is_a_policy() {
        assert_eq!(HELD.len(), ROLES.len());
    }

    #[test]
    fn the_administrators_roles_exist() {
        for name in ADMINISTRATORS {
            assert!(BuiltIn::find_by_name(name).is_some(), "{name}");
        }
    }
}
