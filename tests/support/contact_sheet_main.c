/*
 * contact-sheet - puts pictures on one: a story as a strip, or whatever else is to be seen
 * together.
 */
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/contact_sheet.h"

#define PICTURES_MAX 4000

static void usage(FILE *out)
{
    fputs("usage: contact-sheet OUT.png [--per-row N] [--title TEXT] PICTURE.png...\n\n"
          "Puts the pictures on one, in that order, N side by side (4), each with its name.\n",
          out);
}

/* "build/demo/two-at-once.png" is called "two-at-once". The text is never freed. */
static const char *caption_of(const char *path)
{
    char *copy = strdup(path);
    char *name = copy ? basename(copy) : NULL;
    char *dot = name ? strrchr(name, '.') : NULL;
    if (dot)
        *dot = 0;
    return name ? name : "";
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"per-row", required_argument, NULL, 'p'},
                                            {"title", required_argument, NULL, 't'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    static struct contact_picture pictures[PICTURES_MAX];
    struct reason reason = {.text = ""};
    const char *title = NULL;
    int option, per_row = 4, count = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'p') {
            per_row = atoi(optarg);
        } else if (option == 't') {
            title = optarg;
        } else {
            usage(option == 'h' ? stdout : stderr);
            return option == 'h' ? 0 : 2;
        }
    }
    if (argc - optind < 2 || argc - optind > PICTURES_MAX) {
        usage(stderr);
        return 2;
    }
    for (int i = optind + 1; i < argc; i++)
        pictures[count++] = (struct contact_picture){argv[i], caption_of(argv[i])};
    if (contact_sheet_write(title, pictures, count, per_row, argv[optind], &reason)) {
        fprintf(stderr, "contact-sheet: %s\n", reason.text);
        return 1;
    }
    return 0;
}
