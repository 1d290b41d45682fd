#include "folder.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "problems.h"

#define PART_NAME_LENGTH 64

/* Says what cannot be done, and why, in the words of the system. */
static nlc_error complain(nlc_text *problems, const char *path, const char *what, int why)
{
    nlc_error error = nlc_text_print(problems, "%s: %s: %s\n", path, what, strerror(why));
    return error != NLC_OK ? error : NLC_ERROR_IO;
}

static nlc_error refuse(nlc_text *problems, const char *path, const char *what)
{
    nlc_error error = nlc_text_print(problems, "%s: %s\n", path, what);
    return error != NLC_OK ? error : NLC_ERROR_IO;
}

static nlc_error complain_of(nlc_folder *self, const char *what, const char *name, int why)
{
    nlc_error error = nlc_text_print(self->problems, "%s: cannot %s %s: %s\n", self->path, what, name, strerror(why));
    return error != NLC_OK ? error : NLC_ERROR_IO;
}

static void part_name(const char *name, char part[PART_NAME_LENGTH])
{
    int length = snprintf(part, PART_NAME_LENGTH, ".%s.part", name);
    assert(length > 0 && length < PART_NAME_LENGTH);
    (void)length;
}

/* What a program that was killed left behind: parts of files, and the store of a study that is to go on. */
static bool is_part(const char *name)
{
    size_t length = strlen(name);
    const bool is_store = strcmp(name, "study.db") == 0 || strcmp(name, "study.db-journal") == 0;
    return is_store || (length > 6 && name[0] == '.' && strcmp(name + length - 5, ".part") == 0);
}

static bool holds_results(int folder)
{
    char text[NLC_FOLDER_MARK_LENGTH + 1];
    int file = openat(folder, NLC_FOLDER_MARK, O_RDONLY | O_NONBLOCK);
    if (file < 0) {
        return false;
    }
    ssize_t length = read(file, text, NLC_FOLDER_MARK_LENGTH);
    close(file);
    text[length < 0 ? 0 : length] = '\0';
    return strstr(text, NLC_FOLDER_MARK_TEXT) != NULL;
}

/* The temporary file of the mark is made only where a folder holds results or nothing. A program that was
 * killed as it gave names leaves it beside files that have theirs. */
static bool was_being_written(int folder)
{
    char part[PART_NAME_LENGTH];
    part_name(NLC_FOLDER_MARK, part);
    return faccessat(folder, part, F_OK, 0) == 0;
}

/* errno, or 0 with `empty` set; takes the descriptor over. */
static int look_through(int folder, bool *empty)
{
    DIR *entries = fdopendir(folder);
    if (entries == NULL) {
        int why = errno;
        close(folder);
        return why;
    }
    *empty = true;
    errno = 0;
    for (struct dirent *entry = readdir(entries); entry != NULL && *empty; entry = readdir(entries)) {
        const char *name = entry->d_name;
        *empty = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || is_part(name);
    }
    int why = errno;
    closedir(entries);
    return why;
}

/* The folder may be written to: it holds results, or nothing. */
static nlc_error check_content(int folder, const char *path, nlc_text *problems)
{
    if (holds_results(folder) || was_being_written(folder)) {
        return NLC_OK;
    }
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY);
    bool empty = false;
    int why = copy < 0 ? errno : look_through(copy, &empty);
    if (why != 0) {
        return complain(problems, path, "cannot list the folder", why);
    }
    if (empty) {
        return NLC_OK;
    }
    return refuse(problems, path, "this folder is not empty and holds no nlcsim results; name another folder, or a new one");
}

static nlc_error check_existing(const char *path, nlc_text *problems)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    if (folder < 0) {
        return complain(problems, path, "cannot write results here", errno);
    }
    nlc_error error = check_content(folder, path, problems);
    if (error == NLC_OK && faccessat(folder, ".", W_OK | X_OK, 0) != 0) {
        error = complain(problems, path, "cannot write to the folder", errno);
    }
    close(folder);
    return error;
}

/* The folder that a path lies in. */
static nlc_error check_parent(const char *path, nlc_text *problems)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    char *parent = malloc(length + 2);
    if (parent == NULL) {
        return NLC_ERROR_MEMORY;
    }
    memcpy(parent, path, length);
    memcpy(parent + length, ".", 2);
    nlc_error error = NLC_OK;
    if (access(parent, W_OK | X_OK) != 0) {
        error = complain(problems, path, "cannot make the folder", errno);
    }
    free(parent);
    return error;
}

nlc_error nlc_folder_check(const char *path, nlc_text *problems)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        return check_existing(path, problems);
    }
    return errno == ENOENT ? check_parent(path, problems) : complain(problems, path, "cannot write results here", errno);
}

/* Locks the mark's temporary file. Some network file systems have no locks; there two programs that
 * write to one folder at once are not told apart. */
static nlc_error lock_mark(nlc_folder *self, int file, const char *part)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat by_descriptor;
    struct stat by_name;
    if (fcntl(file, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN)) {
        return refuse(self->problems, self->path, "another nlcsim is writing to this folder; wait for it, or name another folder");
    }
    /* The other program may have renamed or removed the file between our opening and locking it. */
    bool is_same = fstat(file, &by_descriptor) == 0 && fstatat(self->descriptor, part, &by_name, 0) == 0 &&
                   by_descriptor.st_ino == by_name.st_ino;
    if (!is_same) {
        return refuse(self->problems, self->path,
                      "another nlcsim has just written to this folder; name another folder, or try again");
    }
    if (ftruncate(file, 0) == 0) {
        return NLC_OK;
    }
    nlc_error error = complain_of(self, "write", NLC_FOLDER_MARK, errno);
    unlinkat(self->descriptor, part, 0);
    return error;
}

static nlc_error open_mark(nlc_folder *self)
{
    char part[PART_NAME_LENGTH];
    part_name(NLC_FOLDER_MARK, part);
    int file = openat(self->descriptor, part, O_WRONLY | O_CREAT | O_NOFOLLOW, 0666);
    if (file < 0) {
        return complain_of(self, "create", NLC_FOLDER_MARK, errno);
    }
    nlc_error error = lock_mark(self, file, part);
    if (error != NLC_OK) {
        close(file);
        return error;
    }
    self->files[0].name = NLC_FOLDER_MARK;
    self->files[0].descriptor = file;
    self->num_files = 1;
    return NLC_OK;
}

nlc_error nlc_folder_init(nlc_folder *self, const char *path, nlc_text *problems)
{
    memset(self, 0, sizeof *self);
    self->path = path;
    self->problems = problems;
    self->descriptor = -1;
    if (mkdir(path, 0777) == 0) {
        self->is_new = true;
    } else if (errno != EEXIST) {
        return complain(problems, path, "cannot make the folder", errno);
    }
    self->descriptor = open(path, O_RDONLY | O_DIRECTORY);
    if (self->descriptor < 0) {
        return complain(problems, path, "cannot write results here", errno);
    }
    nlc_error error = check_content(self->descriptor, path, problems);
    self->had_results = holds_results(self->descriptor);
    return error != NLC_OK ? error : open_mark(self);
}

static void close_descriptor(int *descriptor)
{
    if (*descriptor >= 0) {
        close(*descriptor);
    }
    *descriptor = -1;
}

static void remove_part(const nlc_folder *self, const char *name)
{
    char part[PART_NAME_LENGTH];
    part_name(name, part);
    unlinkat(self->descriptor, part, 0);
}

void nlc_folder_free(nlc_folder *self)
{
    for (uint32_t k = self->num_files; k > 0; k--) {
        if (!self->is_committed) {
            remove_part(self, self->files[k - 1].name);
        }
        nlc_file_free(&self->files[k - 1].file);
        close_descriptor(&self->files[k - 1].descriptor);
    }
    self->num_files = 0;
    close_descriptor(&self->descriptor);
    if (self->is_new) {
        rmdir(self->path);
    }
    self->is_new = false;
}

static bool is_folder(const nlc_folder *self, const char *name)
{
    struct stat status;
    return fstatat(self->descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static nlc_error add_file(nlc_folder *self, const char *name)
{
    assert(self->num_files < NLC_FOLDER_FILES);
    char part[PART_NAME_LENGTH];
    part_name(name, part);
    unlinkat(self->descriptor, part, 0);
    int file = openat(self->descriptor, part, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file < 0) {
        return complain_of(self, "create", name, errno);
    }
    self->files[self->num_files].name = name;
    self->files[self->num_files].descriptor = file;
    self->num_files++;
    return NLC_OK;
}

nlc_error nlc_folder_open(nlc_folder *self, const char *name, nlc_file **file)
{
    bool is_mark = strcmp(name, NLC_FOLDER_MARK) == 0;
    if (is_folder(self, name)) {
        return complain_of(self, "write", name, EISDIR);
    }
    nlc_error error = is_mark ? NLC_OK : add_file(self, name);
    if (error != NLC_OK) {
        return error;
    }
    nlc_folder_file *opened = is_mark ? &self->files[0] : &self->files[self->num_files - 1];
    *file = &opened->file;
    return nlc_file_init(&opened->file, opened->descriptor);
}

/* The one file that has a buffer is the one being written. */
static nlc_folder_file *file_in_work(nlc_folder *self)
{
    uint32_t k = 0;
    while (self->files[k].file.buffer == NULL) {
        k++;
        assert(k < self->num_files);
    }
    return &self->files[k];
}

nlc_error nlc_folder_close(nlc_folder *self)
{
    nlc_folder_file *written = file_in_work(self);
    nlc_error error = nlc_file_finish(&written->file);
    written->bytes = written->file.bytes;
    nlc_file_hash(&written->file, written->hash);
    int why = written->file.error;
    nlc_file_free(&written->file);
    if (written != &self->files[0]) {
        /* The mark stays open: closing it would give up the lock. Network file systems may tell only
         * at the closing that the disk is full. */
        if (close(written->descriptor) != 0 && error == NLC_OK && errno != EINTR) {
            why = errno;
            error = NLC_ERROR_IO;
        }
        written->descriptor = -1;
    }
    return error == NLC_OK ? NLC_OK : complain_of(self, "write", written->name, why);
}

static nlc_error give_name(nlc_folder *self, const char *name)
{
    char part[PART_NAME_LENGTH];
    part_name(name, part);
    if (renameat(self->descriptor, part, self->descriptor, name) != 0) {
        return complain_of(self, "write", name, errno);
    }
    return NLC_OK;
}

static bool is_written(const nlc_folder *self, const char *name)
{
    bool found = false;
    for (uint32_t k = 0; k < self->num_files; k++) {
        found = found || strcmp(self->files[k].name, name) == 0;
    }
    return found;
}

static nlc_error retire(nlc_folder *self, const char *name)
{
    remove_part(self, name);
    if (unlinkat(self->descriptor, name, 0) != 0 && errno != ENOENT) {
        return complain_of(self, "remove the older", name, errno);
    }
    return NLC_OK;
}

/* Of results that cannot all be there none are, unless they have taken the place of older ones. */
static void take_names(const nlc_folder *self, uint32_t num_named)
{
    for (uint32_t k = 1; k < num_named && !self->had_results; k++) {
        unlinkat(self->descriptor, self->files[k].name, 0);
    }
}

nlc_error nlc_folder_commit(nlc_folder *self, const char *const *retired, size_t num_retired)
{
    nlc_error error = NLC_OK;
    uint32_t num_named = 1;
    while (num_named < self->num_files && error == NLC_OK) {
        error = give_name(self, self->files[num_named].name);
        num_named += error == NLC_OK;
    }
    for (size_t k = 0; k < num_retired && error == NLC_OK; k++) {
        error = is_written(self, retired[k]) ? NLC_OK : retire(self, retired[k]);
    }
    if (error == NLC_OK) {
        error = give_name(self, NLC_FOLDER_MARK);
    }
    if (error != NLC_OK) {
        take_names(self, num_named);
        return error;
    }
    self->is_committed = true;
    self->is_new = false;
    /* Some file systems cannot sync a folder, and say EINVAL. */
    if (fsync(self->descriptor) != 0 && errno != EINVAL) {
        return complain(self->problems, self->path, "cannot save the folder", errno);
    }
    return NLC_OK;
}
