using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class ArchiveTombstoneConfiguration : IEntityTypeConfiguration<ArchiveTombstone>
{
    public void Configure(EntityTypeBuilder<ArchiveTombstone> builder) => builder.HasKey(tombstone => tombstone.Subject);
}
