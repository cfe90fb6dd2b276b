//! What a client may have signed: the documented request, or one that differs from it by a mistake.

use countersign_sign::{Algorithm, Digest, Hash, Hasher, HmacSha256, hex_digest, hmac_sm3};
use std::rc::Rc;
use zeroize::Zeroizing;

/// Headers whose values let somebody act for their owner.
const CREDENTIALS: [&str; 7] = [
    "x-security-token",
    "x-auth-token",
    "x-subject-token",
    "x-apig-appcode",
    "x-hw-appkey",
    "apikey",
    "cookie",
];

/// Canonical request, string to sign and key, taken apart so that each can be wrong.
#[derive(Clone, PartialEq)]
pub(crate) struct Draft {
    pub(crate) method: Vec<u8>,
    pub(crate) path: Vec<u8>,
    pub(crate) query: Vec<u8>,
    /// Header lines: name and value; shared, because most guesses leave them as they are.
    pub(crate) block: Rc<Vec<(Vec<u8>, Vec<u8>)>>,
    pub(crate) names: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) layout: Layout,
    /// The first line of the string to sign.
    pub(crate) token: &'static str,
    pub(crate) date: Vec<u8>,
    pub(crate) scope: Option<Vec<u8>>,
    pub(crate) digest: DigestForm,
    pub(crate) hash: Hash,
    pub(crate) seal: Seal,
}

/// How the lines of the canonical request are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Documented,
    CrLf,
    WithoutBlankLine,
    WithoutQueryLine,
    WithoutNamesLine,
    WithoutPayloadLine,
    /// Like the former, but the line break before it is gone too.
    EndingInNames,
    FinalLineBreak,
}

/// What the string to sign has of the canonical request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DigestForm {
    Hex,
    UpperHex,
    Base64,
    Unhashed,
    /// The digest in hex and nothing else.
    HexAlone,
    /// The digest as bytes and nothing else.
    BytesAlone,
    /// The canonical request and nothing else.
    UnhashedAlone,
    /// As documented, with a line break at the end.
    FinalLineBreak,
    /// As documented, with the lines joined by CRLF.
    HexCrLf,
}

/// The key, and how the code is made with it.
#[derive(Clone)]
pub(crate) enum Seal {
    /// A prepared key of HMAC-SHA256.
    Prepared(Rc<HmacSha256>),
    /// HMAC by the draft's hash with these bytes.
    Hmac(Rc<Zeroizing<Vec<u8>>>),
    /// The same with key and message swapped.
    Swapped(Rc<Zeroizing<Vec<u8>>>),
}

impl Seal {
    pub(crate) fn hmac(key: &[u8]) -> Self {
        Self::Hmac(Rc::new(Zeroizing::new(key.to_vec())))
    }
}

/// One seal is another only if it is the very same: secrets are not compared.
impl PartialEq for Seal {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Prepared(one), Self::Prepared(other)) => Rc::ptr_eq(one, other),
            (Self::Hmac(one), Self::Hmac(other)) | (Self::Swapped(one), Self::Swapped(other)) => {
                Rc::ptr_eq(one, other)
            }
            _ => false,
        }
    }
}

impl Draft {
    /// The draft after a change.
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut draft = self.clone();
        change(&mut draft);
        draft
    }

    /// The header lines, to change them.
    pub(crate) fn block_mut(&mut self) -> &mut Vec<(Vec<u8>, Vec<u8>)> {
        Rc::make_mut(&mut self.block)
    }

    /// The canonical request.
    pub(crate) fn canonical(&self) -> Vec<u8> {
        let newline: &[u8] = if self.layout == Layout::CrLf { b"\r\n" } else { b"\n" };
        let mut text = Vec::with_capacity(512);
        let mut put = |parts: &[&[u8]]| parts.iter().for_each(|part| text.extend_from_slice(part));
        put(&[&self.method, newline, &self.path, newline]);
        if self.layout != Layout::WithoutQueryLine {
            put(&[&self.query, newline]);
        }
        for (name, value) in self.block.iter() {
            put(&[name, b":", value, newline]);
        }
        if self.layout != Layout::WithoutBlankLine {
            put(&[newline]);
        }
        match self.layout {
            Layout::WithoutNamesLine => put(&[&self.payload]),
            Layout::WithoutPayloadLine => put(&[&self.names, newline]),
            Layout::EndingInNames => put(&[&self.names]),
            Layout::FinalLineBreak => put(&[&self.names, newline, &self.payload, newline]),
            _ => put(&[&self.names, newline, &self.payload]),
        }
        text
    }

    /// The canonical request for people: credentials blanked out, and what is not UTF-8 as U+FFFD.
    pub(crate) fn shown(&self) -> String {
        let is_credential =
            |name: &[u8]| CREDENTIALS.iter().any(|other| name.eq_ignore_ascii_case(other.as_bytes()));
        let shown = self.with(|draft| {
            let lines =
                draft.block_mut().iter_mut().filter(|(name, value)| is_credential(name) && !value.is_empty());
            lines.for_each(|(_, value)| *value = b"***".to_vec());
        });
        String::from_utf8_lossy(&shown.canonical()).into_owned()
    }

    fn string_to_sign(&self) -> Vec<u8> {
        let canonical = self.canonical();
        let digest = || Hasher::digest(self.hash, &[&canonical]);
        let last = match self.digest {
            DigestForm::Hex | DigestForm::HexCrLf | DigestForm::HexAlone => hex_digest(&digest()).to_vec(),
            DigestForm::UpperHex => hex_digest(&digest()).to_ascii_uppercase(),
            DigestForm::Base64 => base64_text(&digest()),
            DigestForm::BytesAlone => digest().to_vec(),
            DigestForm::FinalLineBreak => [hex_digest(&digest()).as_slice(), b"\n"].concat(),
            DigestForm::Unhashed | DigestForm::UnhashedAlone => canonical,
        };
        if matches!(self.digest, DigestForm::HexAlone | DigestForm::BytesAlone | DigestForm::UnhashedAlone) {
            return last;
        }
        let newline: &[u8] = if self.digest == DigestForm::HexCrLf { b"\r\n" } else { b"\n" };
        let mut lines: Vec<&[u8]> = vec![self.token.as_bytes(), &self.date];
        lines.extend(self.scope.as_deref());
        lines.push(&last);
        lines.join(newline)
    }

    /// The code over it.
    pub(crate) fn code(&self) -> Digest {
        let text = self.string_to_sign();
        match &self.seal {
            Seal::Prepared(key) => key.code(&[&text]),
            Seal::Hmac(key) => self.hmac(key, &text),
            Seal::Swapped(key) => self.hmac(&text, key),
        }
    }

    fn hmac(&self, key: &[u8], text: &[u8]) -> Digest {
        match self.hash {
            Hash::Sha256 => HmacSha256::new(key).code(&[text]),
            Hash::Sm3 => hmac_sm3(key, &[text]),
        }
    }

    /// Signs by another algorithm than before: its hash everywhere and its name.
    pub(crate) fn set_algorithm(&mut self, algorithm: Algorithm) {
        self.token = algorithm.token();
        self.hash = algorithm.hash();
    }
}

pub(crate) fn base64_text(digest: &Digest) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(digest).into_bytes()
}
