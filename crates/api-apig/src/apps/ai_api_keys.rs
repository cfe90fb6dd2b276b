//! `/v2/{project_id}/apigw/instances/{instance_id}/apps/{app_id}/ai-api-keys`

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod show;

use countersign_api_types::app_codes::AiApiKeyView;
use countersign_control::ai_api_keys::OpenAiApiKey;

fn view(open: OpenAiApiKey) -> AiApiKeyView {
    let OpenAiApiKey { record, key } = open;
    AiApiKeyView {
        ai_api_key: key.expose().to_owned(),
        alias: record.alias,
        app_id: record.app_id.to_string(),
        create_time: record.created.rfc3339().to_string(),
        id: record.id.to_string(),
    }
}
