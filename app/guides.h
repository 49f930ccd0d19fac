/*
 * guides.h - how a house welcomes who comes for the first time, read from a folder: welcome.conf,
 * missions.conf and its texts. app/share/venue/welcome is there to be copied.
 *
 * welcome.conf
 *   [welcome]       referent         (nobody)  who answers where no buddy can
 *                   several_max      (10)      how many may come at once; 1 to 30
 *                   deepening_months (6)       until the deepening session is offered; 0: never
 *                   away_days        (21)      not here for so long: their buddy hears of it
 *                   buddy_newcomers  (3)       whom one buddy looks after at once
 *                   forget_days      (30)      who never came back is forgotten; 0: never
 *   [step NAME]     optional, later  (no)      in the order of the way, each once; see guide.h
 *                   version          ("")      of its text, in the house's words
 *   [brings KEY] [likes KEY] [skills KEY] [needs KEY]   fr, nl, en (all three): tiles
 *   [link KEY]      fr, nl, en, url (all four)
 * missions.conf
 *   [mission KEY]   fr, nl, en (all three), likes and skills (keys of tiles, between spaces),
 *                   circle (of circles.conf), referent
 * hello.fr.txt, charter.fr.txt, notice.fr.txt of steps on the way; mission-KEY.fr.txt
 *   UTF-8. "# Title" begins a page, blank lines part paragraphs, other lines are joined. The same
 *   in nl and en.
 *
 * A guide belongs to whoever read it, until guides_free; any thread may read it until then.
 */
#ifndef APP_GUIDES_H
#define APP_GUIDES_H

#include "app/domain/circle.h"
#include "app/domain/guide.h"
#include "app/problems.h"

#define GUIDES_FOLDER "welcome"
#define GUIDES_FILE "welcome.conf"
#define GUIDES_MISSIONS_FILE "missions.conf"
#define GUIDES_TEXT_BYTES 16384
#define GUIDES_TITLE_BYTES 121 /* with the NUL; what a screen has room for is less */

/* What a QR code of READING_QR_MM holds: version 9 at level M (ISO/IEC 18004, table 7). */
#define GUIDES_URL_BYTES 181

/*
 * Reads `folder` or, where there is none, `otherwise`; never a part of each. Without either the
 * guide has a language, a name and a badge, and no texts. `circles` (NULL: any) are those that
 * missions may name. RC_BAD_INPUT: each mistake is added to *out_problems, and *out_guide is
 * untouched. After hash_init.
 */
enum rc guides_read(const char *folder, const char *otherwise, const struct circle_list *circles,
                    struct guide **out_guide, struct problems *out_problems) MUST_CHECK;

void guides_free(struct guide *guide);

/* The file a step's text or a mission's sheet is in, without its folder: "hello.fr.txt". */
#define GUIDES_NAME_BYTES 64
void guides_text_name(const char *what, enum language language, char out_name[GUIDES_NAME_BYTES]);
void guides_sheet_name(const struct guide_mission *mission, enum language language,
                       char out_name[GUIDES_NAME_BYTES]);

/* The line of "[word key]" in a file of the folder; 0: it is not there. */
int guides_line(const char *folder, const char *file, const char *word, const char *key);

/* The line a text's page begins on, counted from 0; 0: there is none. */
int guides_page_line(const char *folder, const char *file, int page);

/* Has the step a text in pages? */
bool guides_has_text(enum guide_step step);

#endif
