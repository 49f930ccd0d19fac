#include "app/update_version.h"

#include <ctype.h>
#include <string.h>

#define VERSION_MAX 60

bool update_version_is_valid(const char *version)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.+~:-";
    size_t length = strlen(version);
    return isdigit((unsigned char)version[0]) && length <= VERSION_MAX &&
           strspn(version, letters) == length;
}

/* A part of a version: [at, end). */
struct part {
    const char *at, *end;
};

static char letter_at(struct part part)
{
    return part.at < part.end ? *part.at : 0;
}

/* '~' is before the end, the end before letters, letters before the rest. */
static int order_of(char letter)
{
    if (letter == '~')
        return -1;
    if (!letter || isdigit((unsigned char)letter))
        return 0;
    return isalpha((unsigned char)letter) ? (unsigned char)letter : (unsigned char)letter + 256;
}

static int compare_words(struct part *a, struct part *b)
{
    while ((a->at < a->end && !isdigit((unsigned char)*a->at)) ||
           (b->at < b->end && !isdigit((unsigned char)*b->at))) {
        int difference = order_of(letter_at(*a)) - order_of(letter_at(*b));
        if (difference)
            return difference;
        a->at++;
        b->at++;
    }
    return 0;
}

/* Of any length: the first digit that differs counts where both are as long. */
static int compare_numbers(struct part *a, struct part *b)
{
    int difference = 0;
    while (letter_at(*a) == '0')
        a->at++;
    while (letter_at(*b) == '0')
        b->at++;
    for (; isdigit((unsigned char)letter_at(*a)) && isdigit((unsigned char)letter_at(*b));
         a->at++, b->at++)
        difference = difference ? difference : *a->at - *b->at;
    if (isdigit((unsigned char)letter_at(*a)))
        return 1;
    return isdigit((unsigned char)letter_at(*b)) ? -1 : difference;
}

static int compare_parts(struct part a, struct part b)
{
    int difference = 0;
    while (!difference && (a.at < a.end || b.at < b.end)) {
        difference = compare_words(&a, &b);
        difference = difference ? difference : compare_numbers(&a, &b);
    }
    return difference;
}

struct version {
    struct part epoch, upstream, revision;
};

static struct version split(const char *text)
{
    const char *end = text + strlen(text), *colon = strchr(text, ':'), *dash = strrchr(text, '-');
    const char *begin = colon ? colon + 1 : text;
    if (dash && dash < begin)
        dash = NULL;
    return (struct version){.epoch = {text, colon ? colon : text},
                            .upstream = {begin, dash ? dash : end},
                            .revision = {dash ? dash + 1 : end, end}};
}

int update_version_compare(const char *a, const char *b)
{
    struct version one = split(a), other = split(b);
    int difference = compare_parts(one.epoch, other.epoch);
    if (!difference)
        difference = compare_parts(one.upstream, other.upstream);
    return difference ? difference : compare_parts(one.revision, other.revision);
}

bool update_version_is_of(const char *package, const char *program)
{
    size_t length = strlen(program);
    return length && strncmp(program, package, length) == 0 &&
           strchr("~+-", package[length]) != NULL;
}
