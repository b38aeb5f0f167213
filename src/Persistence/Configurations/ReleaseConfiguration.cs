using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ReleaseConfiguration : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.Property(release => release.By).HasMaxLength(Release.LongestBy);
        builder.Property(release => release.Why).HasMaxLength(Release.LongestWhy);
        builder.ComplexCollection(release => release.Reasons, reasons => reasons.ToJson("reasons"));
        builder.HasOne<Series>().WithMany(series => series.Releases).HasForeignKey(release => release.SeriesId);
    }
}
