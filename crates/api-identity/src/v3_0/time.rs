//! How times are written below `/v3.0` where they carry no zone.

use countersign_types::Timestamp;

/// `yyyy-MM-ddTHH:mm:ss.mmm000`, in UTC.
pub(super) fn local(time: Timestamp) -> String {
    time.rfc3339_millis().to_string().trim_end_matches('Z').to_owned()
}
