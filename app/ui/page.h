/*
 * page.h - what a person did on the pages so far: typed, chosen, counted, and what the station told
 * them. It outlives every result above it, every change of language and the step from one page to
 * the next; it is wiped when the screen goes home. Plain data; one thread.
 */
#ifndef APP_UI_PAGE_H
#define APP_UI_PAGE_H

#include "app/domain/guide.h"
#include "app/ui/ask.h"
#include "app/ui/ink.h"
#include "app/ui/keyboard.h"
#include "app/ui/load.h"
#include "app/ui/typing.h"

struct scene;

/* Fields of text, by what is in them. */
enum page_field {
    PAGE_NAME,
    PAGE_CODE,
    PAGE_PIN,
    PAGE_REASON,
    PAGE_WORDS,
    PAGE_LAST_NAME,
    PAGE_REACH, /* e-mail or telephone */
    PAGE_LINE,  /* a sentence about themselves */
    PAGE_FIELDS
};

/* Numbers that are counted up and down. */
#define PAGE_NUMBERS 6

/* Who come together may be so many. */
#define PAGE_CODES_MAX 12

/* Somebody's first visit: see welcome.h. */
struct page_way {
    const struct guide *guide; /* the stage's; NULL: nobody is welcomed here */
    struct newcomer newcomer;  /* as it was told last; before a name, what was done so far */
    int at;                    /* row of the guide; -1: none yet */
    int screen;                /* of a text, or of a wish */
    bool is_called;            /* somebody comes to welcome them */
    bool is_looking;           /* just looking: nothing is kept */
    bool is_brief;             /* only what is needed; the rest another day */
    int64_t day_ms;            /* when the venue's day began; 0: not told yet */
    uint32_t wishes[GUIDE_WISH_COUNT];
    uint32_t missions, consents; /* chosen */
    int several, made;           /* of so many so many have their code */
    char codes[PAGE_CODES_MAX][8];
    bool is_next_buddy; /* who could not is passed over: the next one is called */
    bool wants_shift;   /* the way ends at the list of shifts */
};

struct page {
    const struct scene *scene;
    const struct scene *detour_from; /* the page that Help was touched on; NULL: home */
    struct typing typing[PAGE_FIELDS];
    enum page_field field; /* the one the keyboard types into */
    struct keyboard keyboard;
    int numbers[PAGE_NUMBERS];
    int choice; /* -1: none */
    int first;  /* of the list's rows on the screen */
    struct ink ink;
    struct page_way way;

    struct told told;      /* the last list, and whatever came with it */
    struct fact_id person; /* whom the page is about */
    struct fact_id owner;  /* whose badge opened it, for themselves; none: nobody's */
    char name[100];
    struct row row;      /* the one that was chosen */
    const char *problem; /* a source text, shown until the next touch */
    char text[64];       /* what is told once: a code */
    int64_t until_ms;    /* locked until then, monotonic */
    bool is_waiting;     /* for the station */
    struct page_asked {
        enum ask_kind kind;
        struct fact_id fact;
        int number;
    } asked;           /* what was asked last, and about what */
    bool is_aside;     /* nothing is told of what is asked: the page does not wait */
    bool is_told_once; /* what it waits for is told only once: nobody goes on before */

    struct fact_id staff;  /* who opened staff mode; none: nobody */
    unsigned rights;       /* theirs, by role.h, however far they reach */
    unsigned house_rights; /* of them: over the whole house */
    char staff_name[100];
    bool is_link;        /* the badge nobody knew is to become theirs */
    int stranger;        /* which one that is */
    bool is_badge_known; /* by the last claim */

    const struct load *load; /* the stage's: the USB stick, and what is carried */

    int speaks; /* the language that was chosen on the page; -1: as it is */

    /* what an event left to do; the stage takes it */
    bool is_leaving; /* for `next`; NULL is home */
    const struct scene *next;
    struct ask ask;
};

enum page_event_kind {
    PAGE_ENTER,  /* the scene begins; what is typed is still there */
    PAGE_CHOOSE, /* a target with ACT_CHOOSE: value */
    PAGE_TYPED,  /* the text of the field changed */
    PAGE_DONE,   /* the keyboard's last key */
    PAGE_TOLD,   /* page->told is new */
    PAGE_LATE,   /* nothing came of it for the scene's patience_s */
    PAGE_LOAD,   /* page->load is another one; only for scenes of the stick */
};

struct page_event {
    enum page_event_kind kind;
    int value;
    int64_t now_ms;
};

/* Forgets everything, and overwrites what was secret. */
void page_wipe(struct page *page);

/* Is it about whom it was opened by? Only they may ask something for themselves. */
bool page_is_own(const struct page *page);

/* Goes to another scene when the event is over; NULL is home. */
void page_go(struct page *page, const struct scene *scene);

/* Begins to ask the station; fill in the rest. The page waits until it is told. */
struct ask *page_ask(struct page *page, enum ask_kind kind);

/* The same about the shift in `row`. */
struct ask *page_ask_shift(struct page *page, enum ask_kind kind);

/* The keyboard types into this field from now on; what is in it stays. */
void page_type(struct page *page, enum page_field field);

const char *page_text(const struct page *page, enum page_field field);

/* Adds to a number between two limits. */
void page_count(struct page *page, int number, int by, int least, int most);

#endif
