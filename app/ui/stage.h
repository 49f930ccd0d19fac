/*
 * stage.h - what stands on the screen: one page, and above it the results of taps.
 *
 * The newest two results share the screen, a third takes the older one's half. When its time is
 * over a result shrinks to a strip with a name and *undo*, until that is over too. A touch that
 * began before the picture changed does nothing, so nobody undoes somebody else. What was typed on
 * a page stays while others tap. Time is an argument (monotonic); there is no SDL in here. One
 * thread.
 */
#ifndef APP_UI_STAGE_H
#define APP_UI_STAGE_H

#include "app/ui/mistakes.h"
#include "app/ui/scene.h"

struct stage;

struct stage_config {
    struct screen screen;
    enum scene_side reader_side;
    enum language home;
    const char *venue;   /* outlives the stage */
    const char *version; /* the same */
    struct theme_mode mode;
    bool has_qwerty; /* else AZERTY */
    bool has_speech; /* texts can be read aloud */
    int64_t dim_ms;  /* after so long without anybody; 0: never */
};

enum stage_touch { STAGE_DOWN, STAGE_MOVE, STAGE_UP, STAGE_CANCEL };

/* Shows the starting scene until stage_open_door. */
enum rc stage_open(const struct stage_config *config, struct stage **out_stage) MUST_CHECK;
void stage_close(struct stage *stage);

/* Everything is ready: the resting scene from now on. */
void stage_open_door(struct stage *stage);

/*
 * The station cannot serve: what kind of fault it is, and a sentence for whoever mends it, which is
 * shown as it is. It stays until FAULT_NONE takes it away.
 */
void stage_set_fault(struct stage *stage, enum fault_kind kind, const char *detail);

/* Another name and language of the house; `name` outlives the stage. */
void stage_set_venue(struct stage *stage, const char *name, enum language home);

/* The language of the house from now on. */
void stage_set_home(struct stage *stage, enum language home);

/* How it types, whether it reads aloud, and when it dims, as in struct stage_config. */
void stage_set_habits(struct stage *stage, bool has_qwerty, bool has_speech, int64_t dim_ms);

/* Where a technician reaches the station, told on the fault scene; NULL: not known. */
void stage_set_address(struct stage *stage, const char *address);

/* How the venue wants it to look. What somebody chose for themselves goes home with them. */
void stage_set_mode(struct stage *stage, const struct theme_mode *mode);

/* The loudness and the brightness as staff see them, per cent; below 0: there is none. */
void stage_set_levels(struct stage *stage, int volume, int brightness);

/* A badge was read; what it means comes soon. Shown until an answer comes, 1.5 s at most. */
void stage_seen(struct stage *stage, int64_t now_ms);

/* It takes longer than it should. Shown until an answer comes, 10 s at most. */
void stage_moment(struct stage *stage, int64_t now_ms);

/*
 * Shows it by the tap table, with the durations in it. Ends "seen" and "one moment", also where
 * its kind shows nothing. Who had a result already has the new one in its place.
 */
void stage_answer(struct stage *stage, const struct answer *answer, int64_t now_ms);

/* Somebody asked for help beside the screen: it says that they are heard. The page stays. */
void stage_call(struct stage *stage, int64_t now_ms);

/* The fact was taken back: its result says so and goes. */
void stage_undone(struct stage *stage, struct fact_id fact, int64_t now_ms);

/* What came of something that was asked. What the page does next may ask again: *out_ask. */
void stage_told(struct stage *stage, const struct told *told, int64_t now_ms, struct ask *out_ask);

/* Which badges the page wants for itself now. */
enum scene_claim stage_claims(const struct stage *stage);

/* Whose, where it is one person's (SCENE_CLAIMS_ROW). */
struct fact_id stage_claims_of(const struct stage *stage);

/* What the screen speaks now: the house's language, or the one somebody chose on it. */
enum language stage_language(const struct stage *stage);

/* Does somebody type? A keyboard plugged in may help them (stage_type). */
bool stage_is_typing(const struct stage *stage);
void stage_type(struct stage *stage, const char *text, int64_t now_ms, struct ask *out_ask);

/*
 * What is to be said now of the picture drawn last, to who wanted it read aloud; NULL: nothing new.
 * The language it is in goes to *out_language. Good until the next draw.
 */
const char *stage_take_speech(struct stage *stage, enum language *out_language);

/* Does somebody want the texts read aloud? */
bool stage_is_speaking(const struct stage *stage);

void stage_set_reader_resting(struct stage *stage, bool is_resting);
void stage_set_clock(struct stage *stage, int64_t wall_ms, bool is_trusted);
void stage_set_here(struct stage *stage, int here);

/* How newcomers are welcomed; outlives its use here. NULL: they are not. */
void stage_set_guide(struct stage *stage, const struct guide *guide);

/* Somebody is here for the first time: the resting screen says so until then (monotonic). */
void stage_set_newcomer(struct stage *stage, int64_t until_ms);

/* What is on now, in the venue's words ("Two hands at the till?"); NULL: nothing in particular. */
void stage_set_occasion(struct stage *stage, const char *occasion);

/*
 * The shifts where hands are needed, the soonest first; copied. They take turns with what is on and
 * with who is here, in one place of the resting screen; those beyond SCENE_HANDS_MAX are left out.
 */
void stage_set_hands(struct stage *stage, const struct answer_slot *slots, int count);

/* The votes at the assembly that is on; copied. They take the house's place. NULL: none is on. */
void stage_set_quorum(struct stage *stage, const struct quorum *quorum);

/*
 * The USB stick, and what is carried; copied. Its banner (banner.h) stands on the resting screen as
 * long as it has something to say, and on pages for a while after each thing that is new. What the
 * page asks then: *out_ask.
 */
void stage_set_load(struct stage *stage, const struct load *load, int64_t now_ms,
                    struct ask *out_ask);

/*
 * What could not be taken from the station's own card, or is being read from it; copied. Stands on
 * the resting screen and on staff's menu as long as there is something.
 */
void stage_set_mistakes(struct stage *stage, const struct mistakes *mistakes);

/* When the picture changes by itself; INT64_MAX: never. */
int64_t stage_due_ms(const struct stage *stage);

/* What a page asked because time went by; ASK_NOTHING: nothing. */
void stage_take_ask(struct stage *stage, struct ask *out_ask);

/* Does the picture differ from the one drawn last? */
bool stage_is_changed(struct stage *stage, int64_t now_ms);

void stage_draw(struct stage *stage, int64_t now_ms, struct canvas *canvas);

/*
 * A finger or the mouse, in the panel's pixels. *out_ask is ASK_NOTHING mostly; a button acts on
 * release, sliding off cancels, and so does a change of what it does or to whom. What a button
 * asked for is under way until its answer comes: it is gone for that long (4 s at most). The first
 * touch of a dimmed screen only wakes it.
 */
void stage_touch(struct stage *stage, enum stage_touch phase, double x_px, double y_px,
                 int64_t now_ms, struct ask *out_ask);

/*
 * Touches the first target of that name on the picture drawn last, as a finger would. "key x" types
 * a letter. RC_NOT_FOUND: there is none.
 */
enum rc stage_press(struct stage *stage, const char *name, int64_t now_ms,
                    struct ask *out_ask) MUST_CHECK;

/* "resting", "greeting", "greeting+goodbye" (oldest first); good until the next call. */
const char *stage_scene_name(struct stage *stage);

/* The page behind the results, and what was done on it; for tests and players. */
const struct page *stage_page(const struct stage *stage);

/* Opens a page as if somebody had gone there; for pictures. */
void stage_show(struct stage *stage, const struct scene *scene, int64_t now_ms,
                struct ask *out_ask);

/* What can be touched on the picture drawn last; returns how many. */
int stage_targets(const struct stage *stage, const struct target **out_targets);

#endif
