//! The limits that one call must keep.

use super::{
    Dimension, Standing, Standings, Throttled,
    ledgers::{Ledger, Ledgers},
};
use crate::{core::Core, route::Routed};
use countersign_snapshot::{Throttle, source::Span};
use countersign_throttle::{Account, Begin, Counter, Demand, Exhausted, Period};
use countersign_types::AppId;
use smallvec::SmallVec;
use std::{borrow::Cow, net::IpAddr};

/// Windows begin where seconds, minutes, hours and days begin in UTC.
const fn period(span: Span) -> Option<Period> {
    Period::new(span.seconds(), Begin::At(0))
}

/// The limits of a call, those first that are cheapest to look up.
pub(super) struct Limits<'s> {
    ledgers: &'s Ledgers,
    policy: Option<(&'s Throttle, &'s Ledger, Period)>,
    demands: SmallVec<[Demand<'s>; 5]>,
    /// What each of them is.
    labels: SmallVec<[Label<'s>; 5]>,
}

struct Label<'s> {
    dimension: Dimension,
    span: Span,
    whose: Whose<'s>,
}

#[derive(Clone, Copy)]
enum Whose<'s> {
    Id(&'s str),
    Address(IpAddr),
}

impl<'s> Limits<'s> {
    /// Those that do not depend on the caller: of the API, of the source address, of the default subdomain.
    pub(super) fn of_place(core: &Core, ledgers: &'s Ledgers, routed: &Routed<'s>) -> Self {
        let mut limits = Self { ledgers, policy: None, demands: SmallVec::new(), labels: SmallVec::new() };
        if let Some((group, counter)) = routed.subdomain_of.and_then(|id| Some((id, ledgers.subdomain(id)?)))
        {
            let label = Label::new(Dimension::Subdomain, Span::DAY, Whose::Id(group.as_str()));
            limits.add_one(counter, core.subdomain_calls_per_day, label);
        }
        let release = routed.release;
        match ledgers.publication(&release.publish_id) {
            Some((Some(policy), ledger)) => limits.add_policy(policy, ledger, routed.source),
            Some((None, ledger)) => {
                let whose = Whose::Id(release.api_id.as_str());
                let label = Label::new(Dimension::ApiAllEnvironments, Span::SECOND, whose);
                limits.add_one(&ledger.all, routed.gateway.features.api_limit, label);
            }
            None => {}
        }
        limits
    }

    fn add_policy(&mut self, policy: &'s Throttle, ledger: &'s Ledger, source: IpAddr) {
        let Some(period) = period(policy.span) else { return };
        self.policy = Some((policy, ledger, period));
        let label = Label::new(Dimension::Api, policy.span, Whose::Id(policy.id.as_str()));
        self.add_one(&ledger.all, policy.api, label);
        if let Some(limit) = policy.ip {
            let account = Account::Of(&ledger.addresses, self.ledgers.address(source));
            self.add(account, limit, period, Label::new(Dimension::Ip, policy.span, Whose::Address(source)));
        }
    }

    /// That of the user, who goes by these ids.
    pub(super) fn add_user(&mut self, ids: &[&'s str]) {
        let Some((policy, ledger, period)) = self.policy else { return };
        if let Some((id, limit)) = policy.limit_of_user(ids) {
            let account = Account::Of(&ledger.users, self.ledgers.subject(id));
            self.add(account, limit, period, Label::new(Dimension::User, policy.span, Whose::Id(id)));
        }
    }

    /// The quota of the app, before everything else: it is about the app, not about the API.
    pub(super) fn add_quota(&mut self, app: Option<&'s AppId>) {
        let Some((quota, counter)) = app.and_then(|app| self.ledgers.quota(app)) else { return };
        let begin = quota.begin.map_or(Begin::FirstCall, Begin::At);
        let Some(period) = Period::new(quota.span.seconds(), begin) else { return };
        let label = Label::new(Dimension::Quota, quota.span, Whose::Id(quota.id.as_str()));
        self.demands.insert(0, Demand { account: Account::One(counter), limit: quota.calls, period });
        self.labels.insert(0, label);
    }

    /// That of the app.
    pub(super) fn add_app(&mut self, app: Option<&'s AppId>) {
        let Some(((policy, ledger, period), app)) = self.policy.zip(app) else { return };
        if let Some(limit) = policy.limit_of_app(app) {
            let account = Account::Of(&ledger.apps, self.ledgers.subject(app.as_str()));
            let label = Label::new(Dimension::App, policy.span, Whose::Id(app.as_str()));
            self.add(account, limit, period, label);
        }
    }

    fn add_one(&mut self, counter: &'s Counter, limit: u32, label: Label<'s>) {
        if let Some(period) = period(label.span) {
            self.add(Account::One(counter), limit, period, label);
        }
    }

    fn add(&mut self, account: Account<'s>, limit: u32, period: Period, label: Label<'s>) {
        self.demands.push(Demand { account, limit, period });
        self.labels.push(label);
    }

    pub(super) fn demands(&self) -> &[Demand<'s>] {
        &self.demands
    }

    /// How they stand after a call that was counted.
    pub(super) fn standings(&self, taken: &[countersign_throttle::Standing]) -> Standings {
        self.labels.iter().zip(taken).map(|(label, standing)| label.standing(standing)).collect()
    }

    /// What is to be said about the one that is used up.
    pub(super) fn throttled(&self, exhausted: Exhausted) -> Option<Throttled> {
        let label = self.labels.get(exhausted.position)?;
        let whose: Cow<'_, str> = match label.whose {
            Whose::Id(id) => id.into(),
            Whose::Address(address) => address.to_string().into(),
        };
        let standing = label.standing(&exhausted.standing);
        Some(Throttled { standing, whose: whose.into(), until: exhausted.standing.end })
    }
}

impl<'s> Label<'s> {
    fn new(dimension: Dimension, span: Span, whose: Whose<'s>) -> Self {
        Self { dimension, span, whose }
    }

    fn standing(&self, standing: &countersign_throttle::Standing) -> Standing {
        Standing {
            dimension: self.dimension,
            span: self.span,
            limit: standing.limit,
            remaining: standing.remaining(),
        }
    }
}
