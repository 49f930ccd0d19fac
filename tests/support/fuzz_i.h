/* fuzz_i.h - for fuzz*.c: one round of it. */
#ifndef TESTS_SUPPORT_FUZZ_I_H
#define TESTS_SUPPORT_FUZZ_I_H

#include "app/intake.h"
#include "firmware/base/seal.h"
#include "tests/support/fuzz.h"
#include "tests/support/house.h"
#include "tests/support/mangle.h"

#define FUZZ_HARMS_MAX 3
#define FUZZ_GOODS_MAX 20

/* A good file, to begin with. */
struct fuzz_good {
    const char *name; /* on the stick */
    char *bytes;
    size_t length;
};

struct fuzz_outcome {
    long rounds, refused, done;
    int64_t us; /* of the processor */
};

#define FUZZ_SUBJECTS_MAX 12

struct fuzz {
    uint64_t seed;
    struct random random;
    enum fuzz_control control;
    struct house *house;
    char folder[64];
    char stick[96];   /* what is read */
    char outside[96]; /* what nothing may reach: beside the stick */
    char secret[128]; /* a file there */
    char goods[96];   /* good folders: venue, plain, sealed */
    char work[96];    /* where a restore may put things */
    struct fuzz_good lists[FUZZ_GOODS_MAX];
    int list_count;
    int64_t facts; /* of the house when its exports were made */
    struct seal_public to;
    struct seal_secret key;
    struct intake_preview preview;

    /* The round. */
    long round;
    const char *subject;
    char harms[200];
    bool is_taken; /* somebody accepted what was shown */
    enum rc rc;
    struct reason reason;

    /* All of them. */
    struct fuzz_outcome outcomes[FUZZ_SUBJECTS_MAX];
    long found[FUZZ_FAULT_COUNT], found_at[FUZZ_FAULT_COUNT];
    int told;
    int64_t slowest_us, largest_kb;
};

/* What is read, and how. Both may call what follows. */
struct fuzz_subject {
    const char *name;
    void (*lay)(struct fuzz *fuzz); /* onto the stick, which is empty */
    void (*read)(struct fuzz *fuzz);
    enum fuzz_control control; /* it is only this one's; FUZZ_OURS: no control */
    unsigned weight;
};

/* fuzz_intake.c, fuzz_export.c, fuzz_control.c: `weight` 0 ends them. */
extern const struct fuzz_subject fuzz_intake_subjects[], fuzz_export_subjects[],
    fuzz_control_subjects[];

void fuzz_blame(struct fuzz *fuzz, enum fuzz_fault fault, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Blames unless it has words, and only such as a screen can show. */
void fuzz_expect_words(struct fuzz *fuzz, const char *what, const char *text);

/* "people.csv: cut off". */
void fuzz_note_harm(struct fuzz *fuzz, const char *name, const char *harm);

/* The text with none to FUZZ_HARMS_MAX harms; free() it. */
char *fuzz_mangle(struct fuzz *fuzz, const struct fuzz_good *good, size_t *out_length);

/* Some files below a folder of the stick with harms, maybe one replaced by what is none. */
void fuzz_mangle_folder(struct fuzz *fuzz, const char *folder, int64_t huge_bytes);

/* Loads a house's good lists; makes its exports and a venue's folder under `goods`. */
void fuzz_load_lists(struct fuzz *fuzz);
void fuzz_make_exports(struct fuzz *fuzz);

#endif
