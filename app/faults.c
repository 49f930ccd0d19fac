#include "app/faults.h"

#include <stddef.h>

#define ANY_RC RC_OK

/* The first row that fits; each step ends with what all the rest of its failures are. */
static const struct {
    enum faults_step step;
    enum rc rc;
    enum fault_kind kind;
} rows[] = {
    {FAULTS_FOLDER, RC_NOT_FOUND, FAULT_AWAY},     {FAULTS_FOLDER, RC_CORRUPT, FAULT_KEY},
    {FAULTS_FOLDER, RC_BUSY, FAULT_BUSY},          {FAULTS_FOLDER, RC_FULL, FAULT_FULL},
    {FAULTS_FOLDER, RC_NO_MEMORY, FAULT_MEMORY},   {FAULTS_FOLDER, ANY_RC, FAULT_FOLDER},
    {FAULTS_CONTROL, RC_FULL, FAULT_FULL},         {FAULTS_CONTROL, RC_READ_ONLY, FAULT_FOLDER},
    {FAULTS_VENUE, RC_BAD_INPUT, FAULT_SETTINGS},  {FAULTS_VENUE, ANY_RC, FAULT_UNREADABLE},
    {FAULTS_REGISTER, RC_CORRUPT, FAULT_REGISTER}, {FAULTS_REGISTER, RC_NEWER, FAULT_NEWER},
    {FAULTS_REGISTER, RC_FULL, FAULT_FULL},        {FAULTS_REGISTER, RC_NOT_FOUND, FAULT_AWAY},
    {FAULTS_REGISTER, RC_BUSY, FAULT_BUSY},        {FAULTS_REGISTER, RC_NO_MEMORY, FAULT_MEMORY},
    {FAULTS_REGISTER, ANY_RC, FAULT_FOLDER},       {FAULTS_TAPS, RC_NO_MEMORY, FAULT_MEMORY},
    {FAULTS_READER, RC_NO_MEMORY, FAULT_MEMORY},   {FAULTS_READER, ANY_RC, FAULT_READER},
};

enum fault_kind faults_sort(enum faults_step step, enum rc rc)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].step == step && (rows[i].rc == rc || rows[i].rc == ANY_RC))
            return rows[i].kind;
    return FAULT_OTHER;
}
