//! Keys derived from the key pair: per day and service (§4.2), and as private keys of a curve (§4.3).

use crate::algorithm::{Algorithm, Hash};
use crate::digest::{Digest, hex_digest};
use crate::hmac::{HmacSha256, hmac_sm3};
use zeroize::Zeroizing;

/// The V11 key: HKDF-SHA256 of the secret with the access key as salt and the scope as info, one block.
///
/// The HMAC key is the 64 characters of its hex form, not the 32 bytes.
pub(crate) fn scoped(access_key: &str, secret: &str, scope: &str) -> HmacSha256 {
    let extracted = Zeroizing::new(HmacSha256::new(access_key.as_bytes()).code(&[secret.as_bytes()]));
    let expanded = Zeroizing::new(HmacSha256::new(extracted.as_slice()).code(&[scope.as_bytes(), &[1]]));
    HmacSha256::new(Zeroizing::new(hex_digest(&expanded)).as_slice())
}

/// The candidates of a private scalar, big-endian, in order; the first that is a valid scalar of the curve is
/// the key. Each is a counter-mode block plus one, so that zero is reached only by overflow and is invalid.
pub(crate) fn scalars(
    algorithm: Algorithm,
    access_key: &str,
    secret: &str,
) -> impl Iterator<Item = Zeroizing<Digest>> {
    (0..=u8::MAX).map(move |counter| {
        let parts: [&[u8]; 6] = [
            &1u32.to_be_bytes(),
            algorithm.token().as_bytes(),
            &[0],
            access_key.as_bytes(),
            &[counter],
            &256u32.to_be_bytes(),
        ];
        let block = match algorithm.hash() {
            Hash::Sha256 => HmacSha256::new(secret.as_bytes()).code(&parts),
            Hash::Sm3 => hmac_sm3(secret.as_bytes(), &parts),
        };
        Zeroizing::new(plus_one(block))
    })
}

fn plus_one(mut number: Digest) -> Digest {
    for byte in number.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adding_one_carries_and_overflows_to_zero() {
        let mut number = [0; 32];
        number[31] = 0xff;
        let mut carried = [0; 32];
        carried[30] = 1;
        assert_eq!(plus_one(number), carried);
        assert_eq!(plus_one([0xff; 32]), [0; 32]);
    }
}
