/*
 * venue.h - what one place sets for itself, in perron.conf of its data folder.
 *
 *   [venue]   name            (Perron)           what the screen calls the place
 *             language        (fr)               fr, nl or en: when nobody's badge says otherwise
 *             time_zone       (Europe/Brussels)
 *             day_end         (04:00)            when a day is over for a visit nobody ended
 *   [screen]  large_text      (no)               all capitals at least 6.2 mm
 *             high_contrast   (no)
 *             mirrored        (no)               buttons for the left hand
 *             reduced_motion  (no)               nothing moves but what runs out
 *             evening         (no)               dark colours after dark:
 *             evening_from    (19:00)
 *             evening_to      (07:00)
 *             keyboard        (azerty)           azerty or qwerty
 *             dim_after_min   (15)               minutes without a touch or badge; 0: never
 *             speech          (yes)              texts can be read aloud to who asks for it
 *   [sound]   volume          (70)               0 to 100, of tones and of the voice
 *             mute            (no)               yes: neither, whatever the volume
 *   [certificate] place       ()                 where the house is, above its signature
 *             words_fr, words_nl, words_en ()    the house's own thanks; else Perron's
 *   [assembly] voters         (members)          who votes: members (with a number), colleges
 *                                                (who belongs to one), holders (of shares)
 *             quorum_by       (heads)            heads or shares
 *             quorum_percent  (50)               at least so much of all votes; 0: it takes none
 *             quorum_more_than (no)              yes: more than that, never more than all
 *             quorum_by_college (no)             yes: each college has to reach it, too
 *             proxies         (0)                that one person may carry; 0: none
 *   [export]  key             ()                 the co-ordinator's public key: what is taken out
 *                                                is sealed to it (perron keys); empty: it is not
 *             files           (all)              visits, hours, people, newcomers, workbook,
 *                                                journal, database, roll-call
 *             profile         (excel)            excel or strict, see app/exchange/csv_writer.h
 *   [privacy] guests_days     (30)               then nobody knows what guests were called; 0: kept
 *             visits_months   (24)               whole months; then visits are sums only; 0: kept
 *             count_open_day, count_shift, count_drinks, count_assembly, count_info_session,
 *             count_agora, count_basket_pick_up, count_workshop
 *                             (name)             how each kind of occasion counts people: name,
 *                                                pseudonym or number, see app/domain/privacy.h
 *
 * Its circles have a file of their own beside it: circles.h.
 */
#ifndef APP_VENUE_H
#define APP_VENUE_H

#include <stdbool.h>

#include "app/domain/circle.h"
#include "app/domain/language.h"
#include "app/domain/privacy.h"
#include "app/domain/quorum.h"
#include "app/problems.h"
#include "app/store/journal.h"
#include "firmware/base/rc.h"
#include "firmware/base/seal.h"

#define VENUE_WORDS_BYTES 184
#define VENUE_FILE "perron.conf"

enum venue_keyboard { VENUE_AZERTY, VENUE_QWERTY };

struct venue {
    char name[96];
    int language; /* enum language */
    char time_zone[64];
    int day_end_min;

    bool has_large_text, has_high_contrast, is_mirrored, has_reduced_motion;
    bool has_evening;
    int evening_from_min, evening_to_min; /* minutes of the day; see venue_is_evening */
    int keyboard;                         /* enum venue_keyboard */
    int dim_after_min;                    /* 0: never */
    bool has_speech;

    int volume_percent;
    bool is_muted;

    char place[96];
    char words[LANGUAGE_COUNT][VENUE_WORDS_BYTES];

    struct quorum_statutes statutes;

    struct privacy privacy;
    struct venue_export {
        bool is_sealed;         /* to `key` */
        struct seal_public key; /* the co-ordinator's */
        unsigned files;         /* 1 << enum export_file */
        int profile;            /* enum csv_profile */
    } export;

    struct circle_list circles;
};

/* Beside perron.conf: what was taken for the venue and is not in its place yet (venue_take.h). */
#define VENUE_NEXT "venue.next"

/* A venue that set nothing. */
struct venue venue_default(void);

/* A missing file, also of circles, is one with all defaults. Mistakes come with file, line and what
 * to do. */
enum rc venue_read(const char *path, struct venue *out_venue, struct reason *out_reason) MUST_CHECK;

/* All that is wrong in the settings alone, of a file that may be missing. */
enum rc venue_check(const char *path, struct problems *problems) MUST_CHECK;

/* Which files were read last; all 0: none. */
struct venue_stamp {
    struct venue_file {
        int64_t changed_ns, bytes, number;
    } settings, circles;
};

/* Is one of the two another file than before, or another text in it? Takes note of what is now. */
bool venue_is_changed(const char *path, struct venue_stamp *stamp);

/* Makes the venue's time zone the process's; before any thread starts. */
void venue_use_time_zone(const struct venue *venue);

/*
 * Has the venue its evening colours at this minute of the local day? Over midnight where
 * evening_to is earlier than evening_from; never where both are the same.
 */
bool venue_is_evening(const struct venue *venue, int minute_of_day);

/*
 * Calls `tell` for each setting that has no free text in it, as the file would say it ("screen",
 * "dim_after_min", "15"): nothing that somebody typed.
 */
void venue_each_plain(const struct venue *venue,
                      void (*tell)(void *context, const char *section, const char *key,
                                   const char *value),
                      void *context);

/* The part that folds depend on. */
struct journal_rules venue_rules(const struct venue *venue);

#endif
