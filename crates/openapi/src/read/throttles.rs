//! Throttling policies by name, with their special limits.

use crate::object::Object;
use countersign_control::throttles::{Sharing, SpecialObject, ThrottleDraft, ThrottleLimits};
use countersign_control::transfer::NewThrottle;
use countersign_control::{Error, TimeUnit};

pub(super) fn read(policies: &Object<'_>) -> Result<Vec<NewThrottle>, Error> {
    let read = |(name, value)| policy(name, policies.follow((value, policies.place(name)))?);
    policies.entries().map(read).collect()
}

fn policy(name: &str, mut policy: Object<'_>) -> Result<NewThrottle, Error> {
    let mut ours = policy.ours()?;
    let draft = ThrottleDraft {
        name: name.to_owned(),
        remark: ours.text("remark")?,
        sharing: if policy.flag("shared")? == Some(true) { Sharing::Shared } else { Sharing::Exclusive },
        limits: ThrottleLimits {
            api: policy.required_number("api-limit")?,
            user: policy.number("user-limit")?,
            app: policy.number("app-limit")?,
            ip: policy.number("ip-limit")?,
        },
        interval: policy.required_number("interval")?,
        unit: policy.required_word("unit", |word| TimeUnit::parse(&word.to_ascii_uppercase()))?,
    };
    let specials = policy.objects("special")?.into_iter().map(special).collect::<Result<_, _>>()?;
    ours.finish()?;
    policy.finish()?;
    Ok(NewThrottle { draft, specials })
}

fn special(mut special: Object<'_>) -> Result<(SpecialObject, i64), Error> {
    let (kind, instance) = (special.required_text("type")?, special.required_text("instance")?);
    let limit = special.required_number("limit")?;
    special.finish()?;
    Ok((SpecialObject::parse(&kind.to_ascii_uppercase(), &instance)?, limit))
}
