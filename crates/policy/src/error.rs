//! Why a document is refused.

/// Codes and texts of the contract's error table, in its order.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident: $type:ty),* })? = $code:literal, $text:literal;)*) => {
        /// Why a document is refused.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum Error {
            $($(#[$doc])* #[allow(missing_docs, reason = "the text names the fields")]
            #[error($text)] $name $({ $($field: $type),* })?,)*
        }

        impl Error {
            /// The contract's code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }
        }
    };
}

errors! {
    /// Not JSON, or not an object.
    NotAnObject = "IAM.1020", "The policy must be a JSONObject.";
    /// More characters than a policy may have.
    TooLarge { size: usize } = "IAM.1021", "The size [{size}] of the policy exceeds 6,144 characters.";
    /// Of a custom policy.
    FineGrainedVersion = "IAM.1024", "The version of a fine-grained policy must be '1.1'.";
    /// Of a custom policy.
    FineGrainedDepends = "IAM.1025", "Fine-grained policies do not need depends.";
    /// Of a role.
    RoleVersion = "IAM.1026", "The version of an RBAC policy must be '1.0' or '1.1'.";
    /// Missing, or something else.
    Statements = "IAM.1027", "The Statement/Rules must be a JSONArray.";
    /// None, or too many.
    StatementCount { count: usize } = "IAM.1028",
        "The number of statements [{count}] must be greater than 0 and less than or equal to 8.";
    /// Missing, or something else.
    Effect = "IAM.1029", "The value of Effect must be 'allow' or 'deny'.";
    /// Missing, or something else.
    Actions = "IAM.1030", "The Action or NotAction must be a JSONArray.";
    /// Which one counts would be a guess.
    ActionAndNotAction = "IAM.1031", "The Action and NotAction cannot be set at the same time in a statement.";
    /// Everything but some actions is never allowed by a custom policy.
    AllowNotAction = "IAM.1032", "The OCP NotAction cannot be 'allow'.";
    /// None, or too many.
    ActionCount { count: usize } = "IAM.1033", "The number of actions [{count}] is 0 or exceeds 100.";
    /// Of one action.
    ActionLength { length: usize } = "IAM.1034", "The length [{length}] of an action URN exceeds 128 characters.";
    /// Not `service:type:operation`.
    Action { action: String } = "IAM.1035", "Action URN '{action}' contains invalid characters.";
    /// None, or too many.
    UriCount { count: usize } = "IAM.1037",
        "The number of resource URIs [{count}] must be greater than 0 and less than or equal to 20.";
    /// Not `/iam/agencies/<id>`.
    OldResource { uri: String } = "IAM.1038", "Resource URI '{uri}' is invalid. Old resources only support agencies.";
    /// A condition beside `uri`.
    OldCondition = "IAM.1039", "Old policies do not support conditions.";
    /// None, or too many.
    ResourceCount { count: usize } = "IAM.1040",
        "The number of resources [{count}] must be greater than 0 and less than or equal to 10.";
    /// Empty, or with white space.
    BlankResource = "IAM.1041", "The resource URI cannot be left blank or contain spaces.";
    /// Of one resource.
    ResourceLength { length: usize } = "IAM.1042", "The length [{length}] of a resource URI exceeds 1,500 characters.";
    /// The second part is empty.
    Region = "IAM.1043", "A region must be specified.";
    /// The second part.
    ResourceRegion { region: String, resource: String } = "IAM.1044",
        "Region '{region}' of resource '{resource}' is invalid.";
    /// The first part, or the number of parts.
    ResourceService { resource: String, service: String } = "IAM.1045",
        "Resource URI '{resource}' or service '{service}' is invalid.";
    /// The fourth part.
    ResourceType { resource: String, kind: String } = "IAM.1046",
        "Resource URI '{resource}' or resource type '{kind}' is invalid.";
    /// The third or the fifth part.
    Resource { resource: String } = "IAM.1047", "Resource URI '{resource}' contains invalid characters.";
    /// Neither of the two forms.
    Resources = "IAM.1049", "The Resource must be a JSONObject or JSONArray.";
    /// None, too many, or not an object.
    ConditionCount { count: usize } = "IAM.1050",
        "The number of conditions [{count}] must be greater than 0 and less than or equal to 10.";
    /// No object, or an empty one.
    NoAttributes { operator: String } = "IAM.1051", "The values of Operator '{operator}' cannot be null.";
    /// Neither a known key of all services nor one of a service.
    Attribute { key: String } = "IAM.1052", "Invalid Attribute '{key}'.";
    /// Something else.
    Values { key: String } = "IAM.1053", "Attribute '{key}' must be a JSONArray.";
    /// None, or too many.
    ValueCount { count: usize, key: String, operator: String } = "IAM.1054",
        "The number [{count}] of attributes '{key}' for operator '{operator}' must be greater than 0 and less than or equal to 10.";
    /// A text cannot be earlier, a time has no ending.
    OperatorOfAttribute { key: String, operator: String } = "IAM.1055",
        "Attribute '{key}' does not match operator '{operator}'.";
    /// Of one value.
    ValueLength { length: usize, key: String, operator: String } = "IAM.1056",
        "The length [{length}] of attribute '{key}' for operator '{operator}' must be greater than 0 and less than or equal to 1024 characters.";
    /// Not what the operator compares.
    Value { value: String, key: String, operator: String } = "IAM.1057",
        "Value [{value}] of attribute [{key}] for operator [{operator}] contains invalid characters.";
    /// Too many, or not a list of roles.
    DependsCount { count: usize } = "IAM.1058", "The number of depends [{count}] exceeds 20.";
    /// A member that the contract does not have.
    Key { key: String } = "IAM.1059", "Invalid key '{key}'.";
    /// A member that is no text.
    NotText { key: String } = "IAM.1060", "The value of key '{key}' must be a string.";
}
