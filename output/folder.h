/* A results folder, written so that no half-written file ever stands under its final name: every
 * file is written beside its place under a temporary name (.NAME.part), and only when all of them
 * are complete and on the disk are they renamed, the one that describes the others last. Whatever
 * goes wrong before that, the folder is as it was.
 *
 * A folder that holds results already is replaced file by file; what else the user keeps in it
 * stays. A folder that holds something, but no results, is refused. */
#ifndef NLC_OUTPUT_FOLDER_H
#define NLC_OUTPUT_FOLDER_H

#include "file.h"

/* The file that describes the others: renamed last, and the mark of a results folder. */
#define NLC_FOLDER_MARK "datapackage.json"
/* What stands in the first NLC_FOLDER_MARK_LENGTH bytes of that file. */
#define NLC_FOLDER_MARK_TEXT   "\"nlcsim\""
#define NLC_FOLDER_MARK_LENGTH 1024

#define NLC_FOLDER_FILES 16

typedef struct {
    const char *name; /* borrowed */
    int descriptor;   /* owned; -1 when closed */
    uint64_t bytes;
    char hash[NLC_FILE_HASH_LENGTH];
    nlc_file file;
} nlc_folder_file;

typedef struct {
    const char *path;   /* borrowed */
    nlc_text *problems; /* borrowed */
    int descriptor;     /* owned; of the folder; -1 when closed */
    bool is_new;        /* the folder was made here, and goes again unless results are committed */
    bool had_results;   /* before */
    bool is_committed;
    uint32_t num_files;
    nlc_folder_file files[NLC_FOLDER_FILES]; /* the mark first */
} nlc_folder;

/* Says before a long computation whether results can be written to this path: NLC_ERROR_IO with a
 * line in `problems` where it is something else than an empty folder, a results folder, what a program
 * that was killed left of one, or a name that is still free in an existing folder. Nothing is changed. */
nlc_error nlc_folder_check(const char *path, nlc_text *problems);

/* Makes the folder where it is not there, and keeps other programs of this kind from writing to it.
 * Each error leaves a line in `problems`: PATH: what, and why. */
nlc_error nlc_folder_init(nlc_folder *self, const char *path, nlc_text *problems);

/* Removes what was not committed, and the folder itself where it was new. */
void nlc_folder_free(nlc_folder *self);

/* Begins a file, or the mark itself. The name, borrowed, is one that this folder has not had yet. */
nlc_error nlc_folder_open(nlc_folder *self, const char *name, nlc_file **file);

/* Completes the file that was begun last; its bytes and hash then stand in `files`. */
nlc_error nlc_folder_close(nlc_folder *self);

/* Gives all files their names; where that fails and there were no results before, none keeps its own. `retired` are names that
 * earlier results may have used; those that have not been written now are removed. */
nlc_error nlc_folder_commit(nlc_folder *self, const char *const *retired, size_t num_retired);

#endif
