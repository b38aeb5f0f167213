using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class SeriesConfiguration : IEntityTypeConfiguration<Series>
{
    public void Configure(EntityTypeBuilder<Series> builder)
    {
        builder.HasIndex(series => new { series.StudyId, series.SeriesInstanceUid }).IsUnique();
        // By state alone, SQLite would look for a study's failed series among those of all studies.
        builder.HasIndex(series => new { series.StudyId, series.State });
        builder.HasIndex(series => series.DerivedFromSeriesId);
        builder.ComplexCollection(series => series.Reasons, reasons => reasons.ToJson("reasons"));
        builder.ComplexCollection(series => series.SetAside, reasons => reasons.ToJson("set_aside"));
        builder.Property(series => series.Measures).HasConversion<MeasuresConverter, MeasuresComparer>();
        builder.HasOne<Series>().WithMany().HasForeignKey(series => series.DerivedFromSeriesId).OnDelete(DeleteBehavior.Restrict);
    }
}
