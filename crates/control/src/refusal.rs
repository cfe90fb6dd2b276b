//! The refusals of the management contract as a table: constructor, status, code, message.
//!
//! Codes, statuses and texts follow the error-code appendix and the operation pages of the published API
//! reference. Codes that start with `APIC.` belong to operations on gateways themselves.

use crate::Error;
use std::fmt::Display;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident($($argument:ident),*) = $status:literal $code:tt $message:literal;)*) => {
        impl Error {
            $($(#[$doc])*
            #[must_use]
            pub fn $name($($argument: impl Display),*) -> Self {
                Self::Refused { status: $status, code: $code, message: format!($message) }
            })*
        }
    };
}

refusals! {
    /// The body is not JSON, or a member has the wrong type.
    unreadable(reason) = 400 "APIG.2000" "Parameter error: Serialization error: {reason}";
    /// A number is larger than others allow.
    too_large(parameter) = 400 "APIG.2003" "The parameter value is too large,parameterName:{parameter}. Please refer to the support documentation";
    /// The parameters contradict each other or name something unknown.
    parameters(reason) = 400 "APIG.2000" "Parameter error: {reason}";
    /// A feature name that does not exist.
    feature_unknown(name) = 400 "APIG.2000" "unrecognized feature {name}";
    /// A required parameter is missing.
    missing(parameter) = 400 "APIG.2001" "The request parameters must be specified,parameterName:{parameter}. Please refer to the support documentation";
    /// A value is not acceptable; see [`Error::INVALID`].
    invalid(parameter) = 400 (Error::INVALID) "Invalid parameter value,parameterName:{parameter}. Please refer to the support documentation";
    /// The gateway has not diagnosed the refusal of this request, or has forgotten it.
    diagnosis_not_found(id) = 404 "COUNTERSIGN.0404" "No diagnosis of this request is remembered,id:{id}";
    /// A path parameter of the request is not declared.
    path_parameter_undeclared(name) = 400 "APIG.2026" "The request path parameters are not defined,parameterName:{name}";
    /// A path parameter of the backend has no mapping.
    backend_path_parameter_undeclared(name) = 400 "APIG.2027" "The backend path parameters are not defined,parameterName:{name}";
    /// A mapping names a request parameter that is not declared.
    mapping_undeclared(name) = 400 "APIG.2028" "The request parameters mapped to the backend parameters are not defined,parameterName:{name}";
    /// A value of an authorizer is asked for where none is.
    authorizer_parameter(value) = 400 "APIG.2036" "Only APIs that use custom authentication can have authorizer parameters,parameterName:{value}";
    /// The API cannot be debugged like this.
    debug_request(reason) = 400 "APIG.2030" "Bad request for debugging the API: {reason}";

    /// No such group.
    group_not_found(id) = 404 "APIG.3001" "API group {id} does not exist";
    /// No such API.
    api_not_found(id) = 404 "APIG.3002" "API {id} does not exist";
    /// No such environment.
    env_not_found(id) = 404 "APIG.3003" "Environment {id} does not exist";
    /// No such app.
    app_not_found(id) = 404 "APIG.3004" "App {id} does not exist";
    /// No such throttling policy.
    throttle_not_found(id) = 404 "APIG.3005" "Request throttling policy {id} does not exist";
    /// No such access control policy.
    acl_not_found(id) = 404 "APIG.3006" "Access control policy {id} does not exist";
    /// No such authorization.
    auth_not_found(id) = 404 "APIG.3009" "The app authorization record does not exist,id:{id}";
    /// No such binding of an access control policy.
    acl_binding_not_found() = 404 "APIG.3010" "The access control policy binding record does not exist";
    /// No such variable.
    variable_not_found(id) = 404 "APIG.3011" "The environment variable does not exist, id: {id}";
    /// A backend uses a variable that has no value in the environment.
    variable_undefined(name) = 404 "APIG.3011" "The environment variable does not exist, name: {name}";
    /// No such binding of a throttling policy.
    throttle_binding_not_found() = 404 "APIG.3012" "The request throttling policy binding record does not exist";
    /// No such special limit.
    special_not_found(id) = 404 "APIG.3013" "Excluded request throttling configuration {id} does not exist";
    /// The API is not published there.
    publication_not_found(api) = 404 "APIG.3015" "The API publication record does not exist,id:{api}";
    /// No such signature key.
    signature_key_not_found(id) = 404 "APIG.3017" "Signature key {id} does not exist";
    /// No such binding of a signature key.
    signature_key_binding_not_found() = 404 "APIG.3018" "The signature key binding record does not exist";
    /// The installation has no such function.
    function_not_found(urn) = 404 "APIG.3019" "The function URN does not exist,urn:{urn}";
    /// No such set of gateway responses; the contract has no code for it.
    response_not_found(id) = 404 "COUNTERSIGN.0404" "The gateway response does not exist,id:{id}";
    /// No such version.
    version_not_found(id) = 404 "APIG.3022" "The API version does not exist,id:{id}";
    /// No such gateway.
    instance_not_found(id) = 404 "APIG.3030" "The instance does not exist;id:{id}";
    /// No such load balance channel.
    channel_not_found(id) = 404 "APIG.3023" "The VPC channel does not exist,id:{id}";
    /// No such authorizer.
    authorizer_not_found(id) = 404 "APIG.3081" "authorizer with id: {id} not found";

    /// No such AppCode of the app.
    app_code_not_found(id) = 404 "APIG.3082" "The AppCode {id} does not exist";
    /// No such AI API key of the app; the contract names no code for it.
    ai_api_key_not_found(id) = 404 "APIG.3082" "The AI API key {id} does not exist";
    /// No such quota of apps.
    app_quota_not_found(id) = 404 "APIG.3093" "App quota {id} does not exist";
    /// No such task, or it is kept no longer.
    task_not_found(id) = 404 "APIG.3093" "The asynchronous task {id} does not exist";

    /// Too many of something that has no code of its own.
    resources_exceeded() = 403 "APIG.3100" "The number of resources exceeds the maximum allowed limit";
    /// Too many groups.
    groups_exceeded() = 403 "APIG.3101" "The number of API groups exceeds the maximum allowed limit";
    /// Too many APIs on the gateway.
    apis_exceeded() = 403 "APIG.3102" "The number of APIs exceeds the maximum allowed limit";
    /// Too many apps.
    apps_exceeded() = 403 "APIG.3103" "The number of apps exceeds the maximum allowed limit";
    /// Too many environments.
    envs_exceeded() = 403 "APIG.3104" "The number of environments exceeds the maximum allowed limit";
    /// Too many signature keys.
    signature_keys_exceeded() = 403 "APIG.3105" "The number of signature keys exceeds the maximum allowed limit";
    /// Too many variables of one group in one environment.
    variables_exceeded() = 403 "APIG.3106" "The number of variables exceeds the maximum allowed limit";
    /// Too many throttling policies.
    throttles_exceeded() = 403 "APIG.3107" "The number of request throttling policies exceeds the maximum allowed limit";
    /// Too many request parameters.
    api_parameters_exceeded() = 403 "APIG.3111" "The number of parameters in req_params exceeds the maximum allowed limit";
    /// Too many access control policies.
    acls_exceeded() = 403 "APIG.3112" "The number of access control policies exceeds the maximum allowed limit";
    /// Too many policy backends of an API.
    api_policies_exceeded() = 403 "APIG.3113" "The number of API backend policies exceeds the maximum allowed limit";
    /// Too many conditions of a policy backend.
    api_conditions_exceeded() = 403 "APIG.3114" "The number of policy conditions exceeds the maximum allowed limit";
    /// Too many authorizers.
    authorizers_exceeded() = 403 "APIG.3116" "The number of authorizers exceeds the maximum allowed limit";
    /// Too many identities of an authorizer.
    identities_exceeded() = 403 "APIG.3117" "The number of identity sources exceeds the maximum allowed limit";
    /// Too many APIs in the group.
    group_apis_exceeded() = 403 "APIG.3125" "The number of APIs in the API group exceeds the maximum allowed limit";
    /// Too many tags of an API.
    api_tags_exceeded() = 403 "APIG.3133" "The number of API tags exceeds the maximum allowed limit";
    /// Too many sets of gateway responses in the group.
    responses_exceeded() = 403 "APIG.3136" "The number of responses exceeds the maximum allowed limit";

    /// Too many APIs in one import.
    import_exceeded(most) = 403 "APIG.3127" "The number of APIs has reached the upper limit. A maximum of {most} APIs can be imported at a time";

    /// The group's name is taken.
    group_name_taken() = 400 "APIG.3201" "The API group name already exists";
    /// The API's name is taken in its group.
    api_name_taken(name) = 400 "APIG.3202" "The API name already exists, api_name:{name}";
    /// The app's name is taken.
    app_name_taken() = 400 "APIG.3203" "The app name already exists";
    /// The throttling policy's name is taken.
    throttle_name_taken() = 400 "APIG.3204" "The request throttling policy name already exists";
    /// The environment's name is taken.
    env_name_taken() = 400 "APIG.3205" "The environment name already exists";
    /// The access control policy's name is taken.
    acl_name_taken() = 400 "APIG.3206" "The access control policy name already exists";
    /// The signature key's name is taken.
    signature_key_name_taken() = 400 "APIG.3207" "The signature key name already exists";
    /// The authorizer's name is taken.
    authorizer_name_taken() = 400 "APIG.3211" "The authorizer name already exists";
    /// Two identities of an authorizer are the same one.
    identity_taken(name) = 400 "APIG.3212" "The identity source name already exists,name:{name}";
    /// The name of the set of gateway responses is taken in its group.
    response_name_taken() = 400 "APIG.3216" "The response name already exists";
    /// Another API of the group has this method, path and matching.
    api_taken() = 400 "APIG.3301" "The API already exists";
    /// The variable exists for this group and environment.
    variable_taken() = 400 "APIG.3303" "The environment variable already exists";
    /// The app or user has a special limit.
    special_taken() = 400 "APIG.3308" "The excluded request throttling configuration already exists";
    /// Another app holds the AppKey.
    app_key_taken() = 400 "APIG.3310" "The AppKey already exists";
    /// The app is already authorized.
    auth_taken() = 400 "APIG.3316" "The API authorization record already exists";
    /// The quota's name is taken.
    app_quota_name_taken() = 400 "APIG.3325" "The API quota name already exists";

    /// The group still has APIs.
    group_in_use(id) = 403 "APIG.3415" "The API group cannot be deleted because it contains APIs,id:{id}";
    /// The API is published.
    api_in_use() = 403 "APIG.3416" "The API cannot be deleted because it has been published";
    /// APIs are published in the environment.
    env_in_use() = 403 "APIG.3418" "The environment contains published APIs";
    /// The throttling policy is bound to APIs.
    throttle_in_use() = 403 "APIG.3451" "The request throttling policy cannot be deleted because it has been bound to an API";
    /// APIs use the channel.
    channel_in_use(id) = 403 "APIG.3414" "The VPC channel cannot be deleted because APIs use it,id:{id}";
    /// APIs use the authorizer; the contract has no code for it.
    authorizer_in_use(id) = 403 "COUNTERSIGN.0403" "The authorizer cannot be deleted because APIs use it,id:{id}";
    /// The access control policy is bound.
    acl_in_use() = 403 "APIG.3447" "The access control policy has been bound to APIs";
    /// The signature key is bound; the contract has no code for it.
    signature_key_in_use() = 403 "COUNTERSIGN.0403" "The signature key cannot be deleted because it has been bound to APIs";
    /// The gateway has no signature keys of this type.
    sign_type_unsupported(sign_type, instance) = 412 "APIG.3548" "sign_type={sign_type} not supported by instance {instance}";
    /// The default set of gateway responses cannot be removed.
    response_undeletable() = 409 "APIG.3491" "The default response cannot be deleted";
    /// The default set of gateway responses cannot be renamed.
    response_unnamable() = 409 "APIG.3492" "The default response name cannot be modified";
    /// The group DEFAULT can be neither changed nor removed.
    group_forbidden() = 403 "APIG.1101" "No permissions to perform operations on this API group: it is built in";
    /// The environment RELEASE can be neither renamed nor removed.
    env_forbidden() = 403 "APIG.1103" "No permissions to perform operations on this environment: it is built in";

    /// A document to import is neither JSON nor YAML, or is more than a document may be.
    import_format(reason) = 400 "APIG.3600" "JSON or YAML format error: {reason}";
    /// A document to import is in no version that is understood.
    import_version() = 400 "APIG.3601" "The Swagger file version must be 2.0, or the OpenAPI version 3.0";
    /// A document to import says something that a definition cannot.
    import_syntax(place, reason) = 400 "APIG.3602" "Syntax error in the Swagger file: {place}: {reason}";
    /// A document is larger than may be imported or exported.
    document_too_long() = 400 "APIG.3603" "The input data is too long";
    /// There is no document to import.
    import_empty() = 400 "APIG.3609" "The input file is empty";
    /// As many tasks of the gateway as may be have not ended.
    tasks_running() = 409 "APIG.3718" "Too many tasks are running: try again when one has ended";
    /// The process ended before the task did.
    task_interrupted() = 500 "APIG.9999" "System error: the management service was restarted before the task ended. It may have done its work: look before you try again";

    /// The contract has it, this product does not yet.
    not_built(what) = 501 "COUNTERSIGN.0501" "Not built yet: {what}; see docs/compatibility-notes.md";

    /// A parameter of an operation on gateways is not acceptable.
    instance_invalid(parameter) = 400 "APIC.7211" "Parameter value does not match the rules, parameter name[{parameter}]";
    /// The maintenance window is not four hours long.
    maintenance_length() = 400 "APIC.7230" "The maintenance time window must be 4 hours.";
    /// The maintenance window does not begin at one of its hours.
    maintenance_hour() = 400 "APIC.7235" "The maintenance time window must start or end with 2, 6, 10, 14, 18, or 22.";
    /// Unknown edition.
    spec_not_found() = 404 "APIC.7301" "Instance spec not found";
    /// No such gateway, said by an operation on gateways.
    gateway_not_found() = 404 "APIC.7302" "Instance not found";
    /// Too many gateways.
    instances_exceeded() = 403 "APIC.7400" "Maximum number of gateways reached.";
    /// Too many tags.
    instance_tags_exceeded() = 403 "APIC.7402" "The number of tags exceeds the maximum allowed limit.";
    /// Another gateway, of any project, has this id.
    instance_id_taken() = 400 "APIC.7505" "The gateway ID already exists.";
    /// The gateway's name is taken.
    instance_name_taken() = 400 "APIC.7500" "The gateway name already exists.";
}
