//! The refused request, read once for all guesses.

use crate::claimed::Claimed;
use crate::draft::{DigestForm, Draft, Layout, Seal};
use crate::situation::{Received, Situation};
use crate::trial::Trial;
use crate::{Mistake, guess};
use countersign_sign::{
    Algorithm, Hasher, Order, PathForm, Query, SigningKey, hex_digest, names, split_target,
};
use std::cell::OnceCell;
use std::rc::Rc;

/// Everything that guesses look at.
pub(crate) struct Evidence<'s> {
    pub(crate) situation: &'s Situation<'s>,
    pub(crate) claimed: &'s Claimed<'s>,
    pub(crate) algorithm: Algorithm,
    pub(crate) trial: &'s Trial,
    bodies: OnceCell<Vec<(Mistake, Vec<u8>)>>,
}

impl<'s> Evidence<'s> {
    pub(crate) fn new(situation: &'s Situation<'s>, claimed: &'s Claimed<'s>, trial: &'s Trial) -> Self {
        let algorithm = claimed.algorithm.unwrap_or(Algorithm::HmacSha256);
        Self { situation, claimed, algorithm, trial, bodies: OnceCell::new() }
    }

    pub(crate) fn request(&self) -> &'s Received<'s> {
        self.situation.request
    }

    /// Raw path and raw query.
    pub(crate) fn target(&self) -> (&'s [u8], &'s [u8]) {
        split_target(self.request().target)
    }

    /// The trimmed values of a header, in wire order; the name in any case.
    pub(crate) fn values<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'s [u8]> + 'e {
        let lines = self.request().headers.iter();
        lines.filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_ascii())
    }

    /// The first value of a header.
    pub(crate) fn value(&self, name: &str) -> Option<&'s [u8]> {
        self.values(name).next()
    }

    /// The signed names in lower case, in the order given.
    pub(crate) fn signed_names(&self) -> impl Iterator<Item = String> + use<'s> {
        self.claimed
            .names
            .split(';')
            .map(|name| name.trim().to_ascii_lowercase())
            .filter(|name| !name.is_empty())
    }

    /// The lines that the payload could have, other than the documented one.
    pub(crate) fn bodies(&self) -> &[(Mistake, Vec<u8>)] {
        self.bodies.get_or_init(|| guess::body::lines(self))
    }

    /// The payload line of these bytes; `None` if the budget is spent.
    pub(crate) fn hash(&self, body: &[u8]) -> Option<Vec<u8>> {
        let hash = self.algorithm.hash();
        self.trial.spend(1).then(|| hex_digest(&Hasher::digest(hash, &[body])).to_vec())
    }

    /// The documented payload line (§3.4).
    fn payload(&self) -> Vec<u8> {
        let declared = self.value(self.algorithm.hash().content_header()).map(<[u8]>::to_vec);
        let of_body = || self.request().body.and_then(|body| self.hash(body));
        declared.or_else(of_body).unwrap_or_else(|| self.algorithm.hash().empty().to_vec())
    }

    /// The header block of these names; an absent header counts as empty (§3.3).
    fn block(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let lines = self.signed_names().flat_map(|name| {
            let mut values: Vec<_> = self.values(&name).map(<[u8]>::to_vec).collect();
            values.sort_unstable();
            if values.is_empty() {
                values.push(Vec::new());
            }
            values.into_iter().map(move |value| (name.clone().into_bytes(), value))
        });
        lines.collect()
    }

    /// What the known key signs with; `None` without a key, and for the curves, whose signatures are no codes.
    pub(crate) fn seal(&self) -> Option<Seal> {
        let key = self.situation.key?;
        match key.signing_key(self.algorithm, self.claimed.scope).ok()? {
            SigningKey::HmacSha256(key) if self.algorithm.is_scoped() => Some(Seal::Prepared(Rc::new(key))),
            SigningKey::HmacSha256(_) | SigningKey::HmacSm3(_) => {
                Some(Seal::hmac(key.secret().expose().as_bytes()))
            }
            SigningKey::EcdsaP256(_) | SigningKey::Sm2(_) => None,
        }
    }

    /// The documented request.
    pub(crate) fn documented(&self, seal: Seal) -> Draft {
        let (path, query) = self.target();
        Draft {
            method: self.request().method.as_bytes().to_vec(),
            path: canonical_path(path),
            query: canonical_query(query),
            block: Rc::new(self.block()),
            names: self.signed_names().collect::<Vec<_>>().join(";").into_bytes(),
            payload: self.payload(),
            layout: Layout::Documented,
            token: self.algorithm.token(),
            date: self.value(names::DATE).unwrap_or_default().to_vec(),
            scope: self.algorithm.is_scoped().then(|| self.claimed.scope.as_bytes().to_vec()),
            digest: DigestForm::Hex,
            hash: self.algorithm.hash(),
            seal,
        }
    }
}

/// The documented path (§3.1).
pub(crate) fn canonical_path(raw: &[u8]) -> Vec<u8> {
    let mut path = Vec::new();
    PathForm::Decoded.write(raw, &mut path);
    path
}

/// The documented query (§3.2).
pub(crate) fn canonical_query(raw: &[u8]) -> Vec<u8> {
    let mut query = Vec::new();
    Query::parse(raw).write(Order::Decoded, &mut query);
    query
}
