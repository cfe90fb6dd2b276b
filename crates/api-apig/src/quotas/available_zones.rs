use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::{AvailableZoneView, AvailableZonesView, LocalNameView};
use countersign_control::Error;
use countersign_control::instances::SPECS;

/// One zone, the host of the process, with every edition.
pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let zone = format!("{}a", call.control.region);
    Ok(Answer::json(&AvailableZonesView {
        available_zones: vec![AvailableZoneView {
            name: zone.clone(),
            id: zone.clone(),
            code: zone.clone(),
            port: String::new(),
            local_name: LocalNameView { en_us: "AZ1".to_owned(), zh_cn: "可用区1".to_owned() },
            specs: SPECS.iter().map(|spec| ((*spec).to_owned(), true)).collect(),
        }],
    }))
}
