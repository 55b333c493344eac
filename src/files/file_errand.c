/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/file_errand.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/elf_file.h"
#include "inside/elf_segments.h"
#include "files/errands.h"
#include "files/mapped_open.h"
#include "model/elf_image.h"
#include "model/vma.h"

/*
 * What passes between two images of one program are the structures themselves; a pointer in them
 * means nothing but NULL or not. Behind the question the VMA and its name follow, behind the
 * finding its image and the segments.
 */

static bool is_same(const struct statx *a, const struct statx *b)
{
	return a->stx_ino == b->stx_ino && a->stx_dev_major == b->stx_dev_major &&
	       a->stx_dev_minor == b->stx_dev_minor && a->stx_size == b->stx_size &&
	       a->stx_mtime.tv_sec == b->stx_mtime.tv_sec &&
	       a->stx_mtime.tv_nsec == b->stx_mtime.tv_nsec;
}

static void read_content(int found, struct file_finding *finding)
{
	int descriptor = mapped_open(found), error;

	if (descriptor < 0)
		return;
	error = elf_file_read(descriptor, &finding->image);
	close(descriptor);
	finding->readable = error == 0 || error == -ENOEXEC;
}

/* What is known of it by its numbers. */
static struct file_finding finding_of(const struct mapped_found *file,
				      const struct file_question *question)
{
	return (struct file_finding){
		.found = true,
		.identity = (uint8_t)file->identity,
		.stat = file->stat,
		.same = question->known && is_same(&question->stat, &file->stat),
	};
}

static void look_at_file(int directory, const struct file_question *question, const struct vma *vma,
			 struct file_finding *finding)
{
	struct mapped_found file;
	struct mapped_root root;
	int found;

	mapped_root_init(&root, directory, question->avoid);
	found = mapped_find(&root, vma, &file);
	mapped_root_finish(&root);
	if (found < 0)
		return;
	*finding = finding_of(&file, question);
	if (!finding->same)
		read_content(found, finding);
	close(found);
}

/* In the helper. */
static void answer_file(int directory, const char *request, size_t length, struct text *reply)
{
	struct file_finding finding = {0};
	struct file_question question;
	const size_t fixed = sizeof(question) + sizeof(struct vma);
	struct text name = {0};
	struct vma vma;

	memcpy(&question, request, sizeof(question));
	memcpy(&vma, request + sizeof(question), sizeof(vma));
	text_append_bytes(&name, request + fixed, length - fixed);
	vma.name = text_string(&name);
	look_at_file(directory, &question, &vma, &finding);
	text_append_bytes(reply, (const char *)&finding, sizeof(finding));
	if (finding.image) {
		text_append_bytes(reply, (const char *)finding.image, sizeof(*finding.image));
		text_append_bytes(reply, (const char *)finding.image->segments,
				  finding.image->segment_count * sizeof(struct elf_segment));
	}
	elf_segments_free(finding.image);
	text_finish(&name);
}

static int read_at_hand(int found, struct file_finding *finding)
{
	int descriptor = mapped_open(found), error;

	if (descriptor < 0)
		return descriptor;
	error = elf_file_read_cached(descriptor, &finding->image);
	close(descriptor);
	finding->readable = true;
	return error == -ENOEXEC ? 0 : error;
}

int file_errand_spare(struct mapped_root *root, const struct file_question *question,
		      struct file_finding *ret_finding)
{
	struct mapped_found file;
	struct file_finding finding;
	int found = mapped_find_at_hand(root, question->vma, &file), error = 0;

	if (found < 0)
		return -EAGAIN;
	finding = finding_of(&file, question);
	if (!finding.same)
		error = read_at_hand(found, &finding);
	close(found);
	if (error)
		return -EAGAIN;
	*ret_finding = finding;
	return 0;
}

struct errand *file_errand_create(struct errands *errands, const struct file_question *question)
{
	const struct vma *vma = question->vma;
	struct text request = {0};
	struct errand *errand;

	text_append_bytes(&request, (const char *)question, sizeof(*question));
	text_append_bytes(&request, (const char *)vma, sizeof(*vma));
	text_append(&request, vma->name);
	errand = errand_create(errands, vma->dev_major, vma->dev_minor, answer_file, &request,
			       question->suspect);
	text_finish(&request);
	return errand;
}

/* The helper has read a hostile file: nothing is taken on trust. */
static int read_image(const char *bytes, size_t length, struct elf_image **ret_image)
{
	struct elf_image image;
	size_t size;

	if (length < sizeof(image))
		return -EBADMSG;
	memcpy(&image, bytes, sizeof(image));
	size = image.segment_count * sizeof(*image.segments);
	if (image.segment_count > ELF_IMAGE_SEGMENTS_MAX || length != sizeof(image) + size)
		return -EBADMSG;
	image.segments = memory_alloc(size);
	memcpy(image.segments, bytes + sizeof(image), size);
	*ret_image = memory_alloc(sizeof(image));
	**ret_image = image;
	return 0;
}

int file_errand_read(const struct errand *errand, struct file_finding *ret_finding)
{
	const struct text *reply = &errand->reply;
	struct file_finding finding;
	struct elf_image *image = NULL;
	int error = 0;

	if (reply->length < sizeof(finding))
		return -EBADMSG;
	memcpy(&finding, reply->bytes, sizeof(finding));
	if (finding.image)
		error = read_image(reply->bytes + sizeof(finding), reply->length - sizeof(finding),
				   &image);
	if (error)
		return error;
	finding.image = image;
	*ret_finding = finding;
	return 0;
}
