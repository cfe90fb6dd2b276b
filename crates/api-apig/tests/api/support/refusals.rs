//! A gateway that remembers one diagnosed refusal.

use countersign_control::diagnosis::{Diagnosed, Mistake, Refusals};
use countersign_types::{ApiId, InstanceId, Timestamp};

/// Id of the request that was refused.
pub(crate) const REQUEST_ID: &str = "0123456789abcdef0123456789abcdef";

/// The one refusal, on whatever gateway.
pub(crate) struct Remembered;

impl Refusals for Remembered {
    fn find(&self, _: &InstanceId, request_id: &str) -> Option<Diagnosed> {
        (request_id == REQUEST_ID).then(|| Diagnosed {
            request_id: REQUEST_ID.to_owned(),
            time: Timestamp::from_unix(0),
            api_id: ApiId::parse("api").unwrap(),
            access_key: "key".to_owned(),
            code: "query-unsorted".to_owned(),
            sentence: "sentence".to_owned(),
            mistakes: vec![Mistake {
                code: "query-unsorted",
                sentence: "sentence",
                remedy: "remedy",
                particular: None,
            }],
            canonical_request: Some("GET".to_owned()),
            signed_canonical_request: None,
        })
    }
}
