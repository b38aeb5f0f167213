using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class PictureConfiguration : IEntityTypeConfiguration<Picture>
{
    public void Configure(EntityTypeBuilder<Picture> builder) =>
        builder.HasOne<Series>().WithMany(series => series.Pictures).HasForeignKey(picture => picture.SeriesId);
}
