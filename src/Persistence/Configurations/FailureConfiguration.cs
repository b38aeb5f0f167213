using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class FailureConfiguration : IEntityTypeConfiguration<Failure>
{
    public void Configure(EntityTypeBuilder<Failure> builder)
    {
        builder.HasIndex(failure => failure.At);
        builder.HasIndex(failure => failure.SeriesId);
        builder.HasIndex(failure => failure.StudyId);
    }
}
