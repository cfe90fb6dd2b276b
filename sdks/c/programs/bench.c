/* CPU ns per signature, for the GET that crates/verify/examples/cost.rs signs; prints JSON. */
#include "countersign.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BATCHES 15
#define BATCH_SECONDS 0.15
#define FIRST_COUNT 2000

static void sign(const countersign_signer *signer)
{
    const countersign_header headers[] = {
        countersign_header_of("Host", "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com"),
        countersign_header_of("User-Agent", "huaweicloud-usdk-python/3.0"),
        countersign_header_of("Content-Type", "application/json"),
        countersign_header_of("X-Project-Id", "00000000000000000000000000000001"),
    };
    countersign_request request = {
        .method = countersign_text_of("GET"),
        .target = countersign_text_of("/v2/orders/1/items?limit=1&marker=m1&offset=0&sort=name"),
        .headers = headers,
        .header_count = sizeof headers / sizeof *headers,
    };
    countersign_signed result;
    if (countersign_sign(signer, &request, COUNTERSIGN_NOW, &result) != COUNTERSIGN_OK)
        abort();
    countersign_signed_free(&result);
}

static double batch(const countersign_signer *signer, long count)
{
    clock_t start = clock();
    for (long i = 0; i < count; i++)
        sign(signer);
    return (double)(clock() - start) / CLOCKS_PER_SEC * 1e9 / (double)count;
}

static int ascending(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

int main(void)
{
    countersign_signer *signer;
    if (countersign_signer_create(
            &(countersign_signer_options){
                .access_key = "COSTKEY0000000000001",
                .secret_key = "ssssssssssssssssssssssssssssssssssssssss",
            },
            &signer) != COUNTERSIGN_OK)
        return 1;
    double costs[BATCHES], first = batch(signer, FIRST_COUNT);
    long count = first > 0 ? (long)(BATCH_SECONDS * 1e9 / first) + 1 : FIRST_COUNT;
    for (int i = 0; i < BATCHES; i++)
        costs[i] = batch(signer, count);
    qsort(costs, BATCHES, sizeof *costs, ascending);
    printf("{\"sign_ns\": {\"min\": %.1f, \"median\": %.1f}}\n", costs[0], costs[BATCHES / 2]);
    countersign_signer_free(signer);
    return 0;
}
