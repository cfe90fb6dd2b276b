#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool read_line(char **line, size_t *bytes)
{
    ssize_t length = getline(line, bytes, stdin);
    if (length <= 0)
        return false;
    if ((*line)[length - 1] == '\n')
        (*line)[length - 1] = '\0';
    return true;
}

cJSON *parse_line(char *line)
{
    for (char *at = line; *at != '\0'; at++) {
        if (*at != '\\' || at[1] == '\0')
            continue;
        if (strncmp(at, "\\u0000", 6) == 0)
            memcpy(at, "\\uffff", 6);
        at++;
    }
    return cJSON_Parse(line);
}

static cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* Replaces each U+FFFF in place and returns the text's new length. */
static size_t replace_nul(char *text, char replacement)
{
    char *out = text;
    for (const char *from = text; from != NULL && *from != '\0'; out++) {
        bool is_nul = strncmp(from, "\xef\xbf\xbf", 3) == 0;
        *out = is_nul ? replacement : *from;
        from += is_nul ? 3 : 1;
    }
    return (size_t)(out - text);
}

const char *string_member(const cJSON *object, const char *name)
{
    char *string = cJSON_GetStringValue(member(object, name));
    if (string != NULL)
        string[replace_nul(string, '\1')] = '\0';
    return string;
}

countersign_text utf8_text(cJSON *string)
{
    char *start = cJSON_GetStringValue(string);
    return (countersign_text){start, replace_nul(start, '\0')};
}

countersign_text latin1_text(cJSON *string)
{
    countersign_text text = utf8_text(string);
    char *start = cJSON_GetStringValue(string), *out = start;
    for (size_t i = 0; i < text.size; i++, out++) {
        bool is_two_bytes = ((unsigned char)start[i] & 0xe0) == 0xc0;
        int joined = (start[i] & 0x03) << 6 | (start[i + 1] & 0x3f);
        *out = is_two_bytes ? (char)joined : start[i];
        i += is_two_bytes;
    }
    return (countersign_text){start, (size_t)(out - start)};
}

countersign_text text_member(const cJSON *object, const char *name)
{
    return utf8_text(member(object, name));
}

countersign_text latin1_member(const cJSON *object, const char *name)
{
    return latin1_text(member(object, name));
}

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

countersign_text base64_member(const cJSON *object, const char *name)
{
    char *start = cJSON_GetStringValue(member(object, name)), *out = start;
    unsigned held = 0, bits = 0;
    for (const char *from = start; from != NULL && *from != '\0' && *from != '='; from++) {
        const char *digit = strchr(base64_digits, *from);
        held = held << 6 | (unsigned)(digit == NULL ? 0 : digit - base64_digits);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *out++ = (char)(held >> bits);
        }
    }
    return (countersign_text){start, start == NULL ? 0 : (size_t)(out - start)};
}

countersign_header *headers_member(const cJSON *object, const char *name, read_text *read, size_t *count)
{
    const cJSON *list = member(object, name), *line;
    countersign_header *headers = calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *headers);
    *count = 0;
    cJSON_ArrayForEach(line, list)
    {
        headers[*count].name = read(cJSON_GetArrayItem(line, 0));
        headers[*count].value = read(cJSON_GetArrayItem(line, 1));
        ++*count;
    }
    return headers;
}

void add_text(cJSON *object, const char *name, countersign_text text)
{
    char *copy = calloc(1, text.size + 1);
    if (text.size > 0)
        memcpy(copy, text.data, text.size);
    cJSON_AddStringToObject(object, name, copy);
    free(copy);
}

char *to_base64(countersign_text bytes)
{
    char *encoded = calloc(1, bytes.size / 3 * 4 + 5), *out = encoded;
    for (size_t i = 0; i < bytes.size; i += 3) {
        unsigned held = 0;
        for (size_t j = i; j < i + 3; j++)
            held = held << 8 | (j < bytes.size ? (unsigned char)bytes.data[j] : 0);
        for (size_t j = 0; j < 4; j++)
            *out++ = i + j <= bytes.size ? base64_digits[held >> (18 - 6 * j) & 63] : '=';
    }
    return encoded;
}

void print_line(cJSON *object)
{
    char *line = cJSON_PrintUnformatted(object);
    puts(line);
    fflush(stdout);
    cJSON_free(line);
    cJSON_Delete(object);
}

const char *required_setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL) {
        fprintf(stderr, "set %s in the environment\n", name);
        exit(2);
    }
    return value;
}
