/* What the programs share: JSON in and out, with texts that have a length. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "countersign.h"

#include <cjson/cJSON.h>

/* Reads a line of any length into `*line`, without its line feed. False at the end of the input. */
bool read_line(char **line, size_t *bytes);

/*
 * Parses a line of JSON. NUL in a string becomes U+FFFF, since cJSON's strings end at the first NUL. Members read as
 * texts have it back; in those read as strings the control character U+0001 stands for it.
 */
cJSON *parse_line(char *line);

/* A string member; NULL if it is absent or null. */
const char *string_member(const cJSON *object, const char *name);

/* Reads a member in place: as UTF-8 with its NULs, ... */
countersign_text text_member(const cJSON *object, const char *name);
/* ... as bytes, one a character, ... */
countersign_text latin1_member(const cJSON *object, const char *name);
/* ... or as base64. Empty if it is absent or null. */
countersign_text base64_member(const cJSON *object, const char *name);

/* Header lines `[[name, value], ...]`, to be freed; their texts are those of the member, read by `read`. */
typedef countersign_text read_text(cJSON *string);
countersign_text utf8_text(cJSON *string);
countersign_text latin1_text(cJSON *string);
countersign_header *headers_member(const cJSON *object, const char *name, read_text *read, size_t *count);

/* Adds a string member that has a length. */
void add_text(cJSON *object, const char *name, countersign_text text);

/* Bytes as base64, to be freed. */
char *to_base64(countersign_text bytes);

/* Prints one line of JSON at once, and frees it. */
void print_line(cJSON *object);

/* A setting of the environment; ends the program when a required one is absent. */
const char *required_setting(const char *name);

#endif
