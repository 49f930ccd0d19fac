#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command/command.h"
#include "app/command/people_erase.h"
#include "app/exchange/outfile.h"
#include "app/exchange/own_data.h"

static enum rc read_own(const char *data, const char *who, json_t **out_own,
                        struct reason *out_reason)
{
    struct command_register opened;
    struct person person;
    enum rc rc = command_open_register(data, &opened, out_reason);
    if (rc)
        return rc;
    rc = command_find_person(&opened, who, &person, out_reason);
    if (!rc) {
        rc = own_data_read(snapshot_db(opened.snapshot), person.id, opened.now_ms, out_own);
        if (rc)
            reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    }
    command_close_register(&opened);
    return rc;
}

/* Never over a file that is there: it may be somebody else's. */
static enum rc begin(const char *path, struct outfile **out_file, struct reason *out_reason)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (slash && snprintf(folder, sizeof folder, "%.*s", (int)(slash - path + 1), path) >=
                     (int)sizeof folder) {
        reason_set(out_reason, "the name of the file is too long");
        return RC_LIMIT;
    }
    if (access(path, F_OK) == 0) {
        reason_set(out_reason, "%.200s is there already; name another file", path);
        return RC_REFUSED;
    }
    return outfile_create(folder, name, out_file, out_reason);
}

static enum rc write_text(const char *path, const char *text, struct reason *out_reason)
{
    struct outfile *file;
    enum rc rc = begin(path, &file, out_reason);
    if (rc)
        return rc;
    /* What goes wrong is told by the commit, too. */
    (void)!outfile_write(file, text, strlen(text));
    (void)!outfile_write(file, "\n", 1);
    return outfile_commit(file, out_reason);
}

int people_data(const char *data, const char *who, const char *path, bool is_json)
{
    struct reason reason = {""};
    json_t *own = NULL;
    if (read_own(data, who, &own, &reason))
        return command_fail(&reason);
    char *text = json_dumps(own, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    size_t facts = json_array_size(json_object_get(own, "facts"));
    json_decref(own);
    enum rc rc = text ? write_text(path, text, &reason) : RC_NO_MEMORY;
    if (!text)
        reason_set(&reason, "there is no memory for it");
    free(text);
    if (rc)
        return command_fail(&reason);
    if (is_json)
        command_print(json_pack("{s:s,s:s,s:i}", "number", who, "file", path, "facts", (int)facts));
    else
        printf("all that the register has about %s is in %s: %zu fact%s\n", who, path, facts,
               facts == 1 ? "" : "s");
    return COMMAND_OK;
}
