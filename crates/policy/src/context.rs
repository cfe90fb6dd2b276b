//! What conditions are about: keys of the caller and of the moment.

use countersign_types::Timestamp;

/// What is known about a request. The default knows nothing and is at the beginning of time.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// `g:CurrentTime`
    pub now: Timestamp,
    /// `g:DomainName`: the caller's account.
    pub domain_name: &'a str,
    /// `g:ProjectName`, when the caller acts in a project.
    pub project_name: Option<&'a str>,
    /// `g:UserId`
    pub user_id: &'a str,
    /// `g:UserName`
    pub user_name: &'a str,
    /// `g:MFAAge`: seconds since the caller showed a second factor; with none, `g:MFAPresent` is false.
    pub mfa_age_seconds: Option<u64>,
    /// Keys of single services with their values, such as `obs:prefix`.
    pub service_keys: &'a [(&'a str, &'a [&'a str])],
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self {
            now: Timestamp::from_unix(0),
            domain_name: "",
            project_name: None,
            user_id: "",
            user_name: "",
            mfa_age_seconds: None,
            service_keys: &[],
        }
    }
}

/// A key of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    CurrentTime,
    DomainName,
    MfaAge,
    MfaPresent,
    ProjectName,
    ServiceName,
    UserId,
    UserName,
    /// A key of one service, which this crate knows nothing about.
    OfService(Box<str>),
}

/// A key's value in a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Actual<'a> {
    Text(&'a str),
    Number(f64),
    Time(Timestamp),
    Flag(bool),
}

/// What a key's values are; those of a service's key can be read as anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Number,
    Time,
    Flag,
    Any,
}

const KEYS: [(&str, Key, Type); 8] = [
    ("g:CurrentTime", Key::CurrentTime, Type::Time),
    ("g:DomainName", Key::DomainName, Type::Text),
    ("g:MFAAge", Key::MfaAge, Type::Number),
    ("g:MFAPresent", Key::MfaPresent, Type::Flag),
    ("g:ProjectName", Key::ProjectName, Type::Text),
    ("g:ServiceName", Key::ServiceName, Type::Text),
    ("g:UserId", Key::UserId, Type::Text),
    ("g:UserName", Key::UserName, Type::Text),
];

impl Key {
    /// The key of this name; `None` when there can be none.
    pub(crate) fn parse(name: &str) -> Option<(Self, Type)> {
        if let Some((_, key, kind)) = KEYS.into_iter().find(|(own, ..)| *own == name) {
            return Some((key, kind));
        }
        let (service, rest) = name.split_once(':').filter(|(service, _)| *service != "g")?;
        let is_allowed =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b':' | b'.');
        let is_good =
            crate::action::is_service_name(service) && !rest.is_empty() && rest.bytes().all(is_allowed);
        is_good.then(|| (Self::OfService(name.into()), Type::Any))
    }

    /// The values that a request has for the key.
    pub(crate) fn values<'a>(
        &self,
        context: &Context<'a>,
        service: &'a str,
    ) -> impl Iterator<Item = Actual<'a>> + Clone {
        let one = match self {
            Self::CurrentTime => Some(Actual::Time(context.now)),
            Self::DomainName => Some(Actual::Text(context.domain_name)),
            #[expect(clippy::cast_precision_loss, reason = "no age has 2^53 seconds")]
            Self::MfaAge => context.mfa_age_seconds.map(|age| Actual::Number(age as f64)),
            Self::MfaPresent => Some(Actual::Flag(context.mfa_age_seconds.is_some())),
            Self::ProjectName => context.project_name.map(Actual::Text),
            Self::ServiceName => Some(Actual::Text(service)),
            Self::UserId => Some(Actual::Text(context.user_id)),
            Self::UserName => Some(Actual::Text(context.user_name)),
            Self::OfService(_) => None,
        };
        let many = match self {
            Self::OfService(name) => context.service_keys.iter().find(|(own, _)| *own == &**name),
            _ => None,
        };
        let many = many.map_or(&[][..], |(_, values)| values);
        one.into_iter().chain(many.iter().map(|text| Actual::Text(text)))
    }
}
