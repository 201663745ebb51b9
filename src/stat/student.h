/*
 * student.h - Student's t distribution.
 */
#ifndef FS_STAT_STUDENT_H
#define FS_STAT_STUDENT_H

/*
 * P(|T| >= |t|) of Student's distribution with df > 0 degrees of freedom, to
 * about 13 digits; 0 for an infinite t, NaN if t is NaN or df is not above 0.
 */
extern double fs_student_p(double t, double df);

/* t = mean / (sd / sqrt(n)); infinite for sd 0 and a mean that is not; NaN if both are 0 or n < 2. */
extern double fs_student_t(double mean, double sd, double n);

#endif /* FS_STAT_STUDENT_H */
