#include "app/domain/code.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/hash.h"
#include "firmware/base/utf8.h"

#define ALPHABET_LENGTH (sizeof CODE_ALPHABET - 1)

/* What people read as a word although it has no vowel, in French, Dutch and English. */
static const char *const insults[] = {
    "FDP", "NTM", "PTN", "SLP", "GVD", "KNK", "KKR",  "KTT",
    "FCK", "WTF", "STF", "KKK", "NSD", "SHT", "BTCH", "CNT",
};

static bool is_insult(const char *text)
{
    for (size_t i = 0; i < sizeof insults / sizeof insults[0]; i++)
        if (strstr(text, insults[i]))
            return true;
    return false;
}

static char letter_by_chance(void)
{
    uint8_t byte;
    do
        hash_random(&byte, sizeof byte);
    while (byte >=
           256 / ALPHABET_LENGTH * ALPHABET_LENGTH); /* else the first letters come oftener */
    return CODE_ALPHABET[byte % ALPHABET_LENGTH];
}

void code_make(struct code *out_code)
{
    do {
        for (int i = 0; i < CODE_LETTERS; i++)
            out_code->text[i] = letter_by_chance();
        out_code->text[CODE_LETTERS] = 0;
    } while (is_insult(out_code->text));
}

/* The letters of a folded writing, without what people put between them. */
static enum rc take_letters(const char *folded, struct code *out_code)
{
    size_t count = 0;
    for (const char *at = folded; *at; at++) {
        char letter = (char)toupper((unsigned char)*at);
        if (strchr(" -.", *at))
            continue;
        if (count == CODE_LETTERS || !strchr(CODE_ALPHABET, letter))
            return RC_BAD_INPUT;
        out_code->text[count++] = letter;
    }
    out_code->text[CODE_LETTERS] = 0;
    return count == CODE_LETTERS ? RC_OK : RC_BAD_INPUT;
}

enum rc code_parse(const char *writing, struct code *out_code)
{
    struct code code;
    char folded[CODE_WRITING_MAX + 1];
    if (strlen(writing) > CODE_WRITING_MAX)
        return RC_BAD_INPUT;
    utf8_fold(writing, folded, sizeof folded);
    enum rc rc = take_letters(folded, &code);
    if (!rc)
        *out_code = code;
    hash_forget(folded, sizeof folded);
    hash_forget(&code, sizeof code);
    return rc;
}

void code_write(const struct code *code, char *out_text)
{
    snprintf(out_text, CODE_WRITTEN_BYTES, "%.3s %.3s", code->text, code->text + 3);
}
