/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding_file.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "model/checked_file.h"
#include "model/kind.h"

/* A fact of one file: found, with the note that it has set; or why it is not known. */
enum verdict { SOUND, FOUND, NOT_KNOWN };
typedef enum verdict judge_file(const struct checked_file *file, struct text *note);

static void add(const struct finding_judge *judge, const struct checked_file *file,
		const struct text *note)
{
	finding_judge_add(judge,
			  &(struct finding){.kind = KIND_COUNT,
					    .file = file->name,
					    .note = note->length ? text_string(note) : NULL});
}

static void judge_each(const struct finding_judge *judge, const struct finding_facts *facts,
		       judge_file *call)
{
	struct text note = {0};

	if (!facts->files) {
		finding_judge_add_unknown(judge, NULL, "the files were not looked at");
		return;
	}
	for (size_t i = 0; i < facts->files->count; i++) {
		const struct checked_file *file = &facts->files->files[i];

		text_clear(&note);
		switch (call(file, &note)) {
		case SOUND: break;
		case FOUND: add(judge, file, &note); break;
		case NOT_KNOWN:
			finding_judge_add_unknown(judge, file->name, text_string(&note));
			break;
		}
	}
	text_finish(&note);
}

/* Judges a file of which the content is known. */
static enum verdict content(const struct checked_file *file, struct text *note,
			    enum verdict verdict)
{
	if (file->state == CHECKED_READ)
		return verdict;
	if (file->state == CHECKED_NOT_ELF)
		return SOUND;
	text_append(note, checked_state_words((enum checked_state)file->state));
	return NOT_KNOWN;
}

static enum verdict stack_request(const struct checked_file *file, struct text *note)
{
	enum verdict verdict = content(file, note, FOUND);

	if (verdict != FOUND)
		return verdict;
	switch (file->hardening.stack) {
	case ELF_STACK_EXECUTABLE: return FOUND;
	case ELF_STACK_UNSTATED: text_append(note, "no PT_GNU_STACK"); return FOUND;
	default: return SOUND;
	}
}

void finding_file_stack_request(const struct finding_judge *judge,
				const struct finding_facts *facts)
{
	judge_each(judge, facts, stack_request);
}

static enum verdict fixed_address(const struct checked_file *file, struct text *note)
{
	if (file->owner != OWNER_PROGRAM)
		return SOUND;
	return content(file, note, file->hardening.is_fixed ? FOUND : SOUND);
}

void finding_file_fixed_address(const struct finding_judge *judge,
				const struct finding_facts *facts)
{
	bool has_program = false;

	judge_each(judge, facts, fixed_address);
	for (size_t i = 0; facts->files && i < facts->files->count; i++)
		has_program |= facts->files->files[i].owner == OWNER_PROGRAM;
	if (facts->files && !has_program)
		finding_judge_add_unknown(judge, NULL,
					  "which of the files is the program was not found");
}

/* Unknown when it hangs on what could not be read. */
static enum verdict relro(const struct checked_file *file, struct text *note, enum elf_relro is)
{
	enum verdict verdict = content(file, note, FOUND);

	if (verdict != FOUND)
		return verdict;
	if (file->hardening.relro == ELF_RELRO_UNKNOWN) {
		text_append(note, "its headers do not say how calls are bound");
		return is == ELF_RELRO_PARTIAL ? NOT_KNOWN : SOUND;
	}
	return file->hardening.relro == is ? FOUND : SOUND;
}

static enum verdict no_relro(const struct checked_file *file, struct text *note)
{
	return relro(file, note, ELF_RELRO_NONE);
}

static enum verdict partial_relro(const struct checked_file *file, struct text *note)
{
	return relro(file, note, ELF_RELRO_PARTIAL);
}

void finding_file_no_relro(const struct finding_judge *judge, const struct finding_facts *facts)
{
	judge_each(judge, facts, no_relro);
}

void finding_file_partial_relro(const struct finding_judge *judge,
				const struct finding_facts *facts)
{
	judge_each(judge, facts, partial_relro);
}

static enum verdict text_relocations(const struct checked_file *file, struct text *note)
{
	enum verdict verdict = content(file, note, FOUND);

	if (verdict != FOUND)
		return verdict;
	if (file->hardening.text_relocations)
		return FOUND;
	if (file->hardening.dynamic_known)
		return SOUND;
	text_append(note, "its dynamic section cannot be read");
	return NOT_KNOWN;
}

void finding_file_text_relocations(const struct finding_judge *judge,
				   const struct finding_facts *facts)
{
	judge_each(judge, facts, text_relocations);
}

static enum verdict deleted(const struct checked_file *file, struct text *note)
{
	if (!file->deleted)
		return SOUND;
	text_append(note, file->replaced ? "replaced by another file" : "deleted");
	return FOUND;
}

void finding_file_deleted(const struct finding_judge *judge, const struct finding_facts *facts)
{
	judge_each(judge, facts, deleted);
}

static void append_writer(const struct checked_file *file, struct text *note)
{
	switch (file->writer) {
	case CHECKED_WRITER_OWNER:
		text_append_format(note, "user %" PRIu32 " owns ", file->writer_id);
		break;
	case CHECKED_WRITER_GROUP:
		text_append_format(note, "group %" PRIu32 " may write to ", file->writer_id);
		break;
	case CHECKED_WRITER_BESIDE: text_append(note, "everyone may add files to "); break;
	default: text_append(note, "everyone may write to "); break;
	}
	if (!file->place || !strcmp(file->place, file->name))
		text_append(note, "it");
	else
		utf8_append_escaped(note, file->place, strlen(file->place));
}

static enum verdict foreign_writer(const struct checked_file *file, struct text *note)
{
	/* It has no place in the file system that could be written to. */
	if (file->deleted)
		return SOUND;
	switch (file->writer) {
	case CHECKED_WRITER_NONE: return SOUND;
	case CHECKED_WRITER_UNKNOWN:
		text_append(note, "its place in the file system was not found");
		return NOT_KNOWN;
	default: append_writer(file, note); return FOUND;
	}
}

void finding_file_foreign_writer(const struct finding_judge *judge,
				 const struct finding_facts *facts)
{
	judge_each(judge, facts, foreign_writer);
}
