#!/bin/sh
# Packs a release, unpacks it elsewhere, builds and installs it with each back end, and uses it as its users would.
set -eu

out=$1
make --silent "OUT=$out" dist
version=$(sed -n 's/^.define COUNTERSIGN_VERSION "\(.*\)"/\1/p' countersign.h)

package=$out/package
rm -rf "$package"
mkdir -p "$package"
tar --extract --gzip --file="$out/countersign-$version.tar.gz" --directory="$package"
cd "$package/countersign-$version"

cat > "$package/consumer.c" <<'EOF'
#include <countersign.h>
#include <stdio.h>

int main(void)
{
    countersign_signer *signer;
    countersign_signer_options options = {.access_key = "QTWAOYTTINDUT2QVKYUC",
                                          .secret_key = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"};
    countersign_header headers[] = {countersign_header_of("Content-Type", "application/json"),
                                    countersign_header_of("Host", "service.region.example.com")};
    countersign_request request = {
        .method = countersign_text_of("GET"),
        .target = countersign_text_of("/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2"
                                      "&marker=13551d6b-755d-4757-b956-536f674975c0"),
        .headers = headers,
        .header_count = 2,
    };
    countersign_signed result;
    if (countersign_signer_create(&options, &signer) != COUNTERSIGN_OK ||
        countersign_sign(signer, &request, 1573789015, &result) != COUNTERSIGN_OK)
        return 1;
    puts(result.headers[1].value.data);
    countersign_signed_free(&result);
    countersign_signer_free(signer);
    return 0;
}
EOF

# The example of the documentation, signed 2019-11-15 03:36:55.
expected='SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe'

for crypto in own openssl; do
    prefix=$package/$crypto
    make --silent "OUT=$package/build" "CRYPTO=$crypto" "PREFIX=$prefix" install
    export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
    test "$(pkg-config --modversion countersign)" = "$version"
    # Its words are separate arguments.
    # shellcheck disable=SC2046
    cc -std=c11 -Wall -Wextra -Wpedantic -Werror -o "$prefix/consumer" "$package/consumer.c" \
        $(pkg-config --static --cflags --libs countersign)
    told=$("$prefix/consumer")
    if [ "$told" != "$expected" ]; then
        echo "the package with the back end $crypto signs otherwise: $told" >&2
        exit 1
    fi
    echo "the package with the back end $crypto signs as documented"
done
