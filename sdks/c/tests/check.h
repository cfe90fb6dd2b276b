/*
 * A test is a function whose name is a fact; a check that fails ends the program. The library's source is part of each
 * test program, so that its parts can be tested as well.
 */
#ifndef CHECK_H
#define CHECK_H

#include "countersign.c"

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), __FILE__, __LINE__)

static inline void check(bool holds, const char *condition, const char *file, int line)
{
    if (holds)
        return;
    fprintf(stderr, "%s:%d: this does not hold: %s\n", file, line, condition);
    exit(1);
}

static inline void check_text(text actual, const char *expected, const char *file, int line)
{
    if (equal(actual, countersign_text_of(expected)))
        return;
    fprintf(stderr, "%s:%d: expected \"%s\", got \"%.*s\"\n", file, line, expected, (int)actual.size, actual.data);
    exit(1);
}

#define RUN(fact)                                                                                                      \
    do {                                                                                                               \
        fact();                                                                                                        \
        printf("  %s\n", #fact);                                                                                       \
    } while (0)

#endif
