//! Encryption at rest: XChaCha20-Poly1305 under a key file that the first start creates.

use anyhow::{Context, bail, ensure};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use countersign_store::{Unsealable, Vault};
use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};
use zeroize::Zeroizing;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
/// First byte of everything sealed: which key and cipher opens it.
const VERSION: u8 = 1;

/// The [`Vault`] of one data directory.
pub(crate) struct FileVault {
    cipher: XChaCha20Poly1305,
}

impl FileVault {
    /// Reads the key file, or creates it with mode 0600 when it does not exist and `create` allows it.
    ///
    /// # Errors
    /// When the file cannot be read or written, has another length, or is readable by others.
    pub(crate) fn open(path: &Path, create: Creation) -> anyhow::Result<Self> {
        let key = match File::open(path) {
            Ok(file) => read_key(file, path)?,
            Err(error) if error.kind() == ErrorKind::NotFound => match create {
                Creation::Allowed => create_key(path)?,
                Creation::Refused => bail!(
                    "the key file {} is missing, but the store exists: restore the key file from your backup, \
                     without it no stored secret can be read",
                    path.display()
                ),
            },
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read the key file {}", path.display()));
            }
        };
        Ok(Self { cipher: XChaCha20Poly1305::new((&*key).into()) })
    }

    /// Encrypts bytes bound to `context`.
    pub(crate) fn seal_bytes(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        crate::entropy::fill(&mut nonce);
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("encryption fails only for messages beyond 256 GiB");
        let mut bytes = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        bytes
    }

    /// The reverse of [`FileVault::seal_bytes`].
    ///
    /// # Errors
    /// [`Unsealable`] when bytes or context were altered, or the key is another one.
    pub(crate) fn open_bytes(&self, context: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
        let (VERSION, rest) = sealed.split_first().map(|(v, rest)| (*v, rest)).ok_or(Unsealable)? else {
            return Err(Unsealable);
        };
        let (nonce, message) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(Unsealable)?;
        let payload = Payload { msg: message, aad: context.as_bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unsealable)?;
        Ok(Zeroizing::new(plain))
    }
}

/// Whether a missing key file may be created: only when there is nothing yet that an older key sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Creation {
    Allowed,
    Refused,
}

impl Vault for FileVault {
    fn seal(&self, context: &str, secret: &str) -> String {
        hex::encode(self.seal_bytes(context, secret.as_bytes()))
    }

    fn open(&self, context: &str, sealed: &str) -> Result<String, Unsealable> {
        let sealed = hex::decode(sealed).map_err(|_| Unsealable)?;
        let plain = self.open_bytes(context, &sealed)?;
        String::from_utf8(plain.to_vec()).map_err(|_| Unsealable)
    }
}

fn read_key(mut file: File, path: &Path) -> anyhow::Result<Zeroizing<[u8; KEY_BYTES]>> {
    let mode = file.metadata()?.permissions().mode() & 0o777;
    ensure!(
        mode & 0o077 == 0,
        "the key file {} has mode {mode:o} and can be read by others: run chmod 600 on it",
        path.display()
    );
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).with_context(|| format!("cannot read the key file {}", path.display()))?;
    hex::decode_to_slice(text.trim_end(), key.as_mut_slice())
        .with_context(|| format!("the key file {} does not hold 64 hex digits", path.display()))?;
    Ok(key)
}

fn create_key(path: &Path) -> anyhow::Result<Zeroizing<[u8; KEY_BYTES]>> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    crate::entropy::fill(key.as_mut_slice());
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot create the key file {}", path.display()))?;
    file.write_all(Zeroizing::new(hex::encode(*key) + "\n").as_bytes())?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> (tempfile::TempDir, FileVault) {
        let dir = tempfile::tempdir().unwrap();
        let vault = FileVault::open(&dir.path().join("secret.key"), Creation::Allowed).unwrap();
        (dir, vault)
    }

    #[test]
    fn a_secret_opens_only_for_the_record_it_was_sealed_for() {
        let (_dir, vault) = vault();
        let sealed = vault.seal("app/1", "secret");
        assert_eq!(vault.open("app/1", &sealed), Ok("secret".to_owned()));
        assert_eq!(vault.open("app/2", &sealed), Err(Unsealable));
    }

    #[test]
    fn any_altered_byte_keeps_it_closed() {
        let (_dir, vault) = vault();
        let sealed = vault.seal_bytes("a", b"secret");
        for position in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            assert!(vault.open_bytes("a", &altered).is_err(), "byte {position}");
        }
        assert!(vault.open_bytes("a", &[]).is_err());
    }

    #[test]
    fn the_key_file_is_private_and_survives_reopening() {
        let (dir, vault) = vault();
        let path = dir.path().join("secret.key");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let sealed = vault.seal("a", "secret");
        assert_eq!(
            FileVault::open(&path, Creation::Refused).unwrap().open("a", &sealed),
            Ok("secret".to_owned())
        );
    }

    #[test]
    fn a_key_file_that_others_can_read_is_refused() {
        let (dir, _vault) = vault();
        let path = dir.path().join("secret.key");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = FileVault::open(&path, Creation::Allowed).err().unwrap().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_missing_key_is_not_replaced_once_secrets_exist() {
        let dir = tempfile::tempdir().unwrap();
        assert!(FileVault::open(&dir.path().join("secret.key"), Creation::Refused).is_err());
    }
}
