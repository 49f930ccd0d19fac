/*
 * code.h - personal codes: six letters with which somebody without a badge comes in.
 *
 * The letters are the twenty consonants without Y. No vowels: six letters make no word in any of
 * the house's languages, nice or not. No digits: so none of I and 1, O and 0, S and 5, B and 8, Z
 * and 2 is ever the other. 64 million codes, and a lock after five misses (lock.h). Codes live in
 * memory and on their owner's paper only; what is kept is sealed (secret.h). Pure; any thread.
 */
#ifndef APP_DOMAIN_CODE_H
#define APP_DOMAIN_CODE_H

#include "firmware/base/rc.h"

#define CODE_LETTERS 6
#define CODE_ALPHABET "BCDFGHJKLMNPQRSTVWXZ"
#define CODE_WRITTEN_BYTES 8 /* "BCD FGH", with its NUL */
#define CODE_WRITING_MAX 63

struct code {
    char text[CODE_LETTERS + 1]; /* capitals; secret: hash_forget it */
};

/* A new one by chance, each as likely as any other; never one that has an insult in it. */
void code_make(struct code *out_code);

/*
 * Takes what somebody typed or copied: case, spaces, dashes and dots don't count. RC_BAD_INPUT for
 * anything that cannot be a code.
 */
enum rc code_parse(const char *writing, struct code *out_code) MUST_CHECK;

/* As people read it, in two groups of three; `out_text` holds CODE_WRITTEN_BYTES. */
void code_write(const struct code *code, char *out_text);

#endif
