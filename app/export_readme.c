/* README.txt: for whoever finds the folder and never saw one. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/export_i.h"
#include "app/venue_files.h"

#define LINE_END "\r\n" /* Notepad's, too */
#define TEXT_BYTES 6144

struct said {
    const char *of, *about; /* before and behind the venue's name */
    const char *files[EXPORT_FILE_COUNT];
    const char *venue;
    const char *changes;
    const char *sealed;
    const char *sums;
};

static const struct said languages[] = {
    {
        "Le registre de",
        ", sorti par Perron. Il parle de personnes : garde-le pour toi.",
        {
            [EXPORT_VISITS] = "qui était là, et quand",
            [EXPORT_HOURS] = "les heures données, par mission",
            [EXPORT_PEOPLE] = "les personnes du registre",
            [EXPORT_NEWCOMERS] = "qui a commencé une première visite",
            [EXPORT_WORKBOOK] = "les mêmes tableaux pour Excel ou LibreOffice, avec des totaux",
            [EXPORT_JOURNAL] = "le journal complet, pour restaurer le registre",
            [EXPORT_DATABASE] = "une copie de la base, pour restaurer le registre",
            [EXPORT_ROLL_CALL] = "qui était dans la maison à ce moment",
        },
        "ce que la maison a réglé, et son accueil : copié tout en haut d'une clé, une autre "
        "station "
        "peut le prendre",
        "La colonne « change » dit ce qui est nouveau (new), changé (changed) ou parti (gone) "
        "depuis la dernière fois.",
        "Les fichiers « .sealed » s'ouvrent avec la clé de la coordination : perron open DOSSIER",
        "Pour vérifier que rien n'est abîmé : sha256sum -c SHA256SUMS",
    },
    {
        "Het register van",
        ", uitgevoerd door Perron. Het gaat over mensen: hou het voor jezelf.",
        {
            [EXPORT_VISITS] = "wie er was, en wanneer",
            [EXPORT_HOURS] = "de gegeven uren, per taak",
            [EXPORT_PEOPLE] = "de mensen van het register",
            [EXPORT_NEWCOMERS] = "wie aan een eerste bezoek begon",
            [EXPORT_WORKBOOK] = "dezelfde tabellen voor Excel of LibreOffice, met totalen",
            [EXPORT_JOURNAL] = "het hele journaal, om het register te herstellen",
            [EXPORT_DATABASE] = "een kopie van de databank, om het register te herstellen",
            [EXPORT_ROLL_CALL] = "wie er toen in huis was",
        },
        "wat het huis instelde, en zijn onthaal: een ander station neemt het over als het bovenaan "
        "op een stick staat",
        "De kolom \"change\" zegt wat sinds de vorige keer nieuw (new), veranderd (changed) of weg "
        "(gone) is.",
        "Bestanden op \".sealed\" gaan open met de sleutel van de coördinatie: perron open MAP",
        "Om na te gaan of niets beschadigd is: sha256sum -c SHA256SUMS",
    },
    {
        "The register of",
        ", taken out by Perron. It is about people: keep it to yourself.",
        {
            [EXPORT_VISITS] = "who was there, and when",
            [EXPORT_HOURS] = "the hours given, by mission",
            [EXPORT_PEOPLE] = "the people of the register",
            [EXPORT_NEWCOMERS] = "who began a first visit",
            [EXPORT_WORKBOOK] = "the same tables for Excel or LibreOffice, with totals",
            [EXPORT_JOURNAL] = "the whole journal, to restore the register from",
            [EXPORT_DATABASE] = "a copy of the database, to restore the register from",
            [EXPORT_ROLL_CALL] = "who was in the house at that moment",
        },
        "what the house set, and its welcome: another station takes it from the top of a stick",
        "The column \"change\" says what is new, changed or gone since last time.",
        "Files ending in \".sealed\" open with the co-ordinator's key: perron open FOLDER",
        "To see that nothing is damaged: sha256sum -c SHA256SUMS",
    },
};

/* Cut, never overrun. */
static void PRINTF_LIKE(2, 3) add(char *text, const char *format, ...)
{
    va_list arguments;
    size_t used = strlen(text);
    va_start(arguments, format);
    vsnprintf(text + used, TEXT_BYTES - used, format, arguments);
    va_end(arguments);
}

static void add_language(char *text, const struct export *export, const struct said *said)
{
    bool is_sealed = export->job->choice.seal;
    add(text, "%s %s%s" LINE_END LINE_END, said->of, export->job->venue->name, said->about);
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (export->result.rows[file] >= 0)
            add(text, "  %-16s %s" LINE_END, export_file_called((enum export_file)file),
                said->files[file]);
    if (export->result.venue_files)
        add(text, "  %-16s %s" LINE_END, VENUE_FILES_FOLDER "/", said->venue);
    add(text, LINE_END);
    if (export->source.since)
        add(text, "%s" LINE_END, said->changes);
    if (is_sealed)
        add(text, "%s" LINE_END, said->sealed);
    add(text, "%s" LINE_END LINE_END LINE_END, said->sums);
}

enum rc export_write_readme(struct export *export)
{
    char text[TEXT_BYTES] = "\xef\xbb\xbf"; /* so that Notepad reads UTF-8 */
    struct sink sink;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        add_language(text, export, &languages[i]);
    enum rc rc = parcel_open_plain(export->parcel, "README.txt", &sink);
    if (!rc)
        rc = sink_write(&sink, text, strlen(text));
    enum rc closed = parcel_close_file(export->parcel);
    return rc ? rc : closed;
}
