#include "check.h"

static const char own[] = "GET\n/v1/vpcs/\nlimit=2\nhost:h.example.com\nx-sdk-date:20191115T033655Z\n\n"
                          "host;x-sdk-date\ne3b0";

static void check_sentence(const char *message, const char *canonical_request, const char *expected)
{
    char sentence[512];
    countersign_difference(countersign_text_of(message), countersign_text_of(canonical_request), sentence,
                           sizeof sentence);
    CHECK_TEXT(countersign_text_of(sentence), expected);
}

#define SHOWN(text) "Incorrect app authentication information: verify signature fail, canonicalRequest:" text

static void the_first_part_that_differs_is_named(void)
{
    check_sentence(SHOWN("POST|/v1/vpcs/|limit=2|host:h.example.com|x-sdk-date:20191115T033655Z||host;x-sdk-date|e3b0"),
                   own, "the method differs: signed as \"GET\", the server read \"POST\"");
    check_sentence(SHOWN("GET|/v2/vpcs/|limit=3|host:h.example.com|x-sdk-date:20191115T033655Z||host;x-sdk-date|e3b0"),
                   own, "the path differs: signed as \"/v1/vpcs/\", the server read \"/v2/vpcs/\"");
    check_sentence(SHOWN("GET|/v1/vpcs/||host:h.example.com|x-sdk-date:20191115T033655Z||host;x-sdk-date|e3b0"), own,
                   "the query differs: signed as \"limit=2\", the server read \"\"");
    check_sentence(SHOWN("GET|/v1/vpcs/|limit=2|host:h|x-sdk-date:20191115T033655Z||host;x-sdk-date|e3b0"), own,
                   "the header \"host\" differs: signed as \"h.example.com\", the server read \"h\"");
    check_sentence(SHOWN("GET|/v1/vpcs/|limit=2|host:h.example.com|x-sdk-date:20191115T033655Z||x-sdk-date|e3b0"), own,
                   "the list of signed names differs: signed as \"host;x-sdk-date\", the server read \"x-sdk-date\"");
    check_sentence(
        SHOWN("GET|/v1/vpcs/|limit=2|host:h.example.com|x-sdk-date:20191115T033655Z||host;x-sdk-date|44136f"), own,
        "the payload differs: signed as \"e3b0\", the server read \"44136f\"");
}

static void a_header_that_only_one_side_has_is_named(void)
{
    check_sentence(SHOWN("GET|/v1/vpcs/|limit=2|host:h.example.com||host|e3b0"), own,
                   "the header \"x-sdk-date\" differs: it was signed, and the server has another line in its place");
    check_sentence(SHOWN("GET|/v1/vpcs/|limit=2|host:h.example.com|x-sdk-date:20191115T033655Z|x-z:1||host|e3b0"), own,
                   "the header \"x-z\" differs: the server counts it among the signed ones, and it was not signed");
}

static void equal_requests_point_at_the_secret_key(void)
{
    static const char advice[] =
        "no part differs: the server read what was signed, so its secret key for this access key is another one";
    static const char shown[] =
        SHOWN("GET|/v1/vpcs/|limit=2|host:h.example.com|x-sdk-date:20191115T033655Z||host;x-sdk-date|e3b0");
    check_sentence(shown, own, advice);
    char json[512];
    snprintf(json, sizeof json, "{\"error_msg\":\"%s\",\"error_code\":\"APIG.0303\"}", shown);
    check_sentence(json, own, advice);
}

static void a_bar_in_a_value_is_no_line_break(void)
{
    static const char with_bar[] = "GET\n/\n\nhost:h\nx-a:1||2\n\nhost;x-a\ne3b0";
    check_sentence(SHOWN("GET|/||host:h|x-a:1||2||host;x-a|e3b1"), with_bar,
                   "the payload differs: signed as \"e3b0\", the server read \"e3b1\"");
}

static void security_tokens_are_not_repeated(void)
{
    check_sentence(SHOWN("GET|/||x-security-token:theirs||x-security-token|e3b0"),
                   "GET\n/\n\nx-security-token:mine\n\nx-security-token\ne3b0",
                   "the header \"x-security-token\" differs: the server read another value than was signed");
}

static void long_values_are_shown_around_the_place_where_they_part(void)
{
    char mine[512], shown[512], sentence[512];
    char filler[201] = {0};
    memset(filler, 'a', 200);
    snprintf(mine, sizeof mine, "GET\n/%s1/\n\nhost:h\n\nhost\ne3b0", filler);
    snprintf(shown, sizeof shown, "canonicalRequest:GET|/%s2/||host:h||host|e3b0", filler);
    countersign_difference(countersign_text_of(shown), countersign_text_of(mine), sentence, sizeof sentence);
    CHECK_TEXT(countersign_text_of(sentence),
               "the path differs: signed as \"...aaaaaaaaaaaaaaaa1/\", the server read \"...aaaaaaaaaaaaaaaa2/\"");
}

static void a_message_without_a_canonical_request_is_told(void)
{
    static const char advice[] = "the message shows no canonical request; give the server's whole error_msg";
    check_sentence("", own, advice);
    check_sentence("verify signature fail", own, advice);
    check_sentence("canonicalRequest:", own, advice);
}

static void a_sentence_is_cut_off_where_its_room_ends(void)
{
    char sentence[8];
    countersign_difference(TEXT("canonicalRequest:PUT|"), countersign_text_of(own), sentence, sizeof sentence);
    CHECK_TEXT(countersign_text_of(sentence), "the met");
}

int main(void)
{
    RUN(the_first_part_that_differs_is_named);
    RUN(a_header_that_only_one_side_has_is_named);
    RUN(equal_requests_point_at_the_secret_key);
    RUN(a_bar_in_a_value_is_no_line_break);
    RUN(security_tokens_are_not_repeated);
    RUN(long_values_are_shown_around_the_place_where_they_part);
    RUN(a_message_without_a_canonical_request_is_told);
    RUN(a_sentence_is_cut_off_where_its_room_ends);
    return 0;
}
