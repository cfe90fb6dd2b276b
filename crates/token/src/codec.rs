//! The bytes of claims: fixed fields in order, ids short when they are hex.

use countersign_types::Timestamp;
use zeroize::Zeroizing;

/// Marks an id of 32 lower-case hex digits, which is written as 16 bytes; any other starts with its length.
const HEX_ID: u8 = 0;

/// Appends fields.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(192))
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn time(&mut self, time: Timestamp) {
        self.bytes(&time.unix_millis().to_be_bytes());
    }

    /// An id has 1 to 200 characters.
    pub(crate) fn id(&mut self, id: &str) {
        let mut packed = [0; 16];
        let is_lower = !id.bytes().any(|byte| byte.is_ascii_uppercase());
        if is_lower && hex::decode_to_slice(id, &mut packed).is_ok() {
            self.byte(HEX_ID);
            self.bytes(&packed);
        } else {
            self.byte(u8::try_from(id.len()).expect("ids are no longer than 200 characters"));
            self.bytes(id.as_bytes());
        }
    }

    /// Names of sessions, which are bounded where they are made.
    pub(crate) fn text(&mut self, text: &str) {
        self.byte(u8::try_from(text.len()).expect("a session's name is bounded"));
        self.bytes(text.as_bytes());
    }

    /// Policies of sessions, which are bounded where they are made.
    pub(crate) fn long_text(&mut self, text: &str) {
        let length = u16::try_from(text.len()).expect("a session's policy is bounded");
        self.bytes(&length.to_be_bytes());
        self.bytes(text.as_bytes());
    }

    pub(crate) fn finish(self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0)
    }
}

/// Takes fields off the front; `None` when there are too few bytes or they mean nothing.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let [byte] = self.array()?;
        Some(byte)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    pub(crate) fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (slice, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(slice)
    }

    pub(crate) fn time(&mut self) -> Option<Timestamp> {
        let millis = u64::from_be_bytes(self.array()?);
        let nanos = u32::try_from(millis % 1_000).ok()? * 1_000_000;
        Some(Timestamp::from_unix_nanos(millis / 1_000, nanos))
    }

    pub(crate) fn id<T: TryFrom<String>>(&mut self) -> Option<T> {
        let text = match self.byte()? {
            HEX_ID => hex::encode(self.array::<16>()?),
            length => String::from_utf8(self.slice(length.into())?.to_vec()).ok()?,
        };
        T::try_from(text).ok()
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = self.byte()?;
        std::str::from_utf8(self.slice(length.into())?).ok()
    }

    pub(crate) fn long_text(&mut self) -> Option<&'a str> {
        let length = u16::from_be_bytes(self.array()?);
        std::str::from_utf8(self.slice(length.into())?).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
