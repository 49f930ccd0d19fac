/*
 * station_i.h - the inside of a station, shared by station_open.c (how it begins and ends),
 * station_service.c (what can be missing for a while), station.c (the loop), station_screen.c (its
 * window), station_pins.c (its lines), station_stick.c (its USB stick), station_boot.c (its boot
 * partition), asks.c (what the screen asks), station_house.c (how it looks and sounds) and desk.c
 * (what commands and players ask of it). Nobody else includes it.
 */
#ifndef APP_STATION_I_H
#define APP_STATION_I_H

#include "app/circles.h"
#include "app/control.h"
#include "app/domain/name_match.h"
#include "app/domain/occasion.h"
#include "app/incoming.h"
#include "app/porter.h"
#include "app/retention.h"
#include "app/secrets.h"
#include "app/station.h"
#include "app/store/folder.h"
#include "app/strangers.h"
#include "app/taps.h"
#include "app/tray.h"
#include "app/ui/sound.h"
#include "app/ui/stage.h"
#include "app/ui/window.h"
#include "app/ui/words.h"
#include "app/updating.h"
#include "firmware/device/button.h"
#include "firmware/device/cue.h"
#include "firmware/device/reader_reset.h"
#include "firmware/linux/input_wake.h"
#include "firmware/port/machine.h"
#include "firmware/port/reader.h"
#include "firmware/port/stick.h"

struct station {
    struct station_config config;
    struct clock *clock;
    struct trace *trace;
    struct venue venue;
    bool has_venue;      /* else `venue` is the default one */
    struct guide *guide; /* how newcomers are welcomed; read at the start */

    /* the service: all there while is_serving, what was opened so far while not */
    bool is_serving;
    struct reason fault;    /* why not */
    bool has_lost_register; /* while it served: no new one is begun in its place */
    int64_t retry_ms;
    struct folder *folder;
    struct control *control;
    struct writer *writer;
    struct taps *taps;
    struct secrets *secrets;
    struct reader *reader;

    /* the face: there from the start */
    struct pins *pins;
    struct speaker *speaker;
    struct cue_player *cues;
    struct stage *stage;
    struct window *window;
    struct input_wake *wake; /* NULL: the window has a descriptor of its own, or none is needed */
    bool has_lost_screen;
    int64_t screen_retry_ms; /* when it may be looked for */

    /* its lines: station_pins.c */
    bool has_sim_pins;
    struct button button; /* beside the door: calls help */
    int64_t call_again_ms;
    struct reader_reset reset;

    bool has_sim_reader;
    bool is_reader_resting;
    char reader_text[160];
    bool is_exposed;
    bool is_stopping;
    int here;
    bool has_quorum; /* the resting screen counts votes: each tap may change them */
    int64_t look_ms; /* when it looks around again: around.h */
    int64_t retention_ms[RETENTION_DUTIES]; /* when each is to be done; 0: not said yet */
    int retention_count[RETENTION_DUTIES];  /* of whom in the parts so far */
    struct venue_stamp stamp;
    enum occasion_kind on_kind; /* by the calendar; OCCASION_COUNT: nothing in particular */
    char on_title[128];
    int tasks;           /* of the desk, with the writer */
    int checking_client; /* of the desk, waits for the secret that is tried; -1: none */
    int64_t clock_look_ms;
    int64_t clock_offset_ms;
    enum clock_trust clock_trust;
    struct tray tray;

    /* what the screen asks: see asks.h */
    struct strangers strangers;
    struct badge claimed;        /* the last one the screen asked for; secret */
    struct badge blank;          /* the one that is to become a newcomer's; secret */
    struct name_match names;     /* the tiles of the last search for a name */
    struct ask proving;          /* what waits for the PIN or code that is tried */
    struct machine *machine;     /* NULL: there is none to ask */
    enum ask_kind machine_ask;   /* what waits for its answer */
    enum occasion_kind occasion; /* chosen by staff; OCCASION_COUNT: as the calendar says */
    int64_t occasion_until_ms;   /* 0: nobody chose it */
    int volume, brightness;      /* per cent; brightness below 0: the screen has none */
    bool is_muted;               /* whatever the volume */

    /* the USB stick: station_stick.c */
    struct stick *stick; /* NULL: nobody tells of any */
    bool has_sim_stick;
    struct porter *porter;
    struct load load;
    char stick_path[PATH_MAX]; /* of its files, while it is open */
    bool is_stick_in;          /* one that was let go may have no power any more, and is in */
    int64_t load_until_ms;     /* what ended is told until then; INT64_MAX: as long as it takes */
    int64_t let_go_ms;         /* not let go by itself before that */
    bool is_load_stopped;      /* who had begun it wants it no more */
    struct ask load_wanted;    /* to be done as soon as the stick is open */
    struct incoming incoming;  /* the lists on it */
    struct updating updating;  /* a new version of Perron: there, on its way, or handed over */

    /* the boot partition: station_boot.c */
    struct {
        struct porter *porter;   /* NULL: nothing is read there */
        struct boot_run *run;    /* while is_busy */
        struct boot_news *news;  /* what came of it; NULL: nothing yet */
        bool has_looked;         /* for a venue */
        bool has_new_venue;      /* and found one that was not seen yet */
        bool has_begun, is_busy; /* reading lists */
        bool is_told;            /* the screen has something of it */
        int told;                /* how many of them the screen was told of */
    } boot;
};

/* --- station_house.c: how the house wants it --- */

/*
 * The venue's name and language are on the screen. Where its settings cannot be read the screen has
 * the defaults, until they can.
 */
enum rc station_read_venue(struct station *station, struct reason *out_reason) MUST_CHECK;

/*
 * How newcomers are welcomed: the house's own folder, else what comes along. Where the house's has
 * mistakes it is told of in the log, and what comes along is taken.
 */
enum rc station_read_guide(struct station *station) MUST_CHECK;

/* Both once more, and all that they say from now on: they are others. */
void station_read_house_again(struct station *station);

/* All that the venue's file says, from now on. */
void station_use_venue(struct station *station);

/* The computer, and what the venue's file says. */
void station_open_house(struct station *station);

/* What staff set is above what the venue's file says. `journal` is open and idle. */
void station_read_settings(struct station *station, struct journal *journal,
                           const struct clock_reading *now);

/* "volume", "brightness" or "language", as it is from now on. */
void station_set_level(struct station *station, const char *name, int value);

/* The name of an occasion, until the day of `wall_ms` is over; "": what the calendar says. */
void station_set_occasion(struct station *station, const char *name, int64_t wall_ms);

/* What is on by the calendar: its title, or that of its kind. */
void station_set_on(struct station *station, bool is_on, enum occasion_kind kind,
                    const char *title);

/* Day or evening, by the clock, where the venue has an evening; and what ends with the day. */
void station_look_at_day(struct station *station, const struct clock_reading *now);

struct theme_mode station_mode(const struct station *station, int64_t wall_ms);

/* --- station.c --- */

/* Shows a result, with its lamp and tone. */
void station_show(struct station *station, const struct answer *answer);
void station_play(struct station *station, enum cue cue);

/* --- station_pins.c: its lines --- */

void station_open_pins(struct station *station);

/* The button was pressed, or the reader's chip has to be reset. */
void station_serve_pins(struct station *station);
int64_t station_pins_due_ms(const struct station *station);

/* Somebody is to come: light and sound. */
void station_call(struct station *station);

/* --- station_stick.c: its USB stick --- */

/* A station that cannot know of sticks is a station all the same. */
void station_open_stick(struct station *station);
void station_close_stick(struct station *station);

/* What happened to it, and to what is carried. */
void station_serve_stick(struct station *station);

#define STATION_STICK_FDS (STICK_FDS_MAX + 1)
int station_stick_fds(const struct station *station, struct pollfd *out_fds);
int64_t station_stick_due_ms(const struct station *station);

/* The screen has the load as it is now. */
void station_tell_load(struct station *station);

/* Staff have read what ended: that is told no more. */
void station_see_end(struct station *station);

/* The same, and they want its files. */
void station_take_stick(struct station *station);

/* Somebody wants to pull it out. */
void station_let_stick_go(struct station *station);

/*
 * Something is under way from here on, until station_end_work. RC_NOT_FOUND: no stick is open;
 * RC_BUSY: something else is.
 */
enum rc station_begin_work(struct station *station, enum load_work work) MUST_CHECK;

/* The same, by a trip; where it says something else than RC_OK it was not taken. */
enum rc station_send_trip(struct station *station, struct trip *trip,
                          enum load_work work) MUST_CHECK;

/*
 * It is over; `why` of LOAD_FAILED: a source text, or a sentence. Nothing where that was told
 * already, since the stick was pulled out: false.
 */
bool station_end_work(struct station *station, enum load_work work, enum load_end end,
                      const struct reason *why);

/* --- station_boot.c: what lies on its boot partition --- */

/* A venue's files that are new, taken and used from now on; once. The data folder is open. */
void station_take_boot_venue(struct station *station);

/* Begins with everything else, where it serves; once it was done there is nothing left to do. */
void station_begin_boot(struct station *station);

/* What was read, taken and told. */
void station_serve_boot(struct station *station);
int station_boot_fds(const struct station *station, struct pollfd *out_fds);

/* After the service. */
void station_close_boot(struct station *station);

/* Staff have read what is wrong there. */
void station_put_mistakes_away(struct station *station);

/* --- station_service.c: what can be missing for a while --- */

/* Opens what is missing, and serves where nothing is any more. Each step that succeeded stays. */
enum rc station_begin_service(struct station *station, struct reason *out_reason) MUST_CHECK;

/* What it came to where nobody can be served yet: on the screen, and tried again after a while. */
void station_show_missing(struct station *station, enum rc rc, const struct reason *reason);

/* Both. */
void station_try_to_serve(struct station *station);

/* The register is not there any more, or another: serves no longer, and tells why. */
void station_lose_register(struct station *station);

/* What was taken is recorded first. */
void station_end_service(struct station *station);

/* --- station_screen.c: its window --- */

/* Opens the window in front of the stage. RC_UNSUPPORTED: there is no display. */
enum rc station_open_window(struct station *station, const struct screen *screen,
                            const struct theme_mode *mode) MUST_CHECK;

/* Draws where the picture changed. */
void station_draw(struct station *station);

/* The display is gone: all but the picture goes on. */
void station_lose_screen(struct station *station);

/* Looks for it again, when it is time. */
void station_find_screen(struct station *station);

#endif
