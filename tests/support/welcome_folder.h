/*
 * welcome_folder.h - a small house's welcome in a folder of the test's own, without a mistake in
 * it; for tests that put some in. What should work and doesn't ends the test.
 */
#ifndef TESTS_SUPPORT_WELCOME_FOLDER_H
#define TESTS_SUPPORT_WELCOME_FOLDER_H

#include <stddef.h>

#include "app/domain/language.h"

struct welcome_folder {
    char data[64]; /* the data folder */
    char path[80]; /* "welcome" in it */
};

/*
 * Lines of welcome.conf: 1 to 5 [step language, hello, who, why, missions], 6 [likes cook],
 * 10 [skills tools], 13 the last. Of missions.conf: 1 [mission door], 5 likes, 6 skills.
 * The texts of hello and mission-door are "# Titre", an empty line, "Des mots."
 */
void welcome_folder_make(struct welcome_folder *folder);
void welcome_folder_remove(struct welcome_folder *folder);

void welcome_folder_write(const struct welcome_folder *folder, const char *name, const char *bytes,
                          size_t length);
void welcome_folder_append(const struct welcome_folder *folder, const char *name, const char *text);
void welcome_folder_take(const struct welcome_folder *folder, const char *name);
void welcome_folder_text(const struct welcome_folder *folder, const char *what,
                         enum language language, const char *text);
size_t welcome_folder_read(const struct welcome_folder *folder, const char *name, char *out_bytes,
                           size_t size);

#endif
