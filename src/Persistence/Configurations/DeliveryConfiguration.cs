using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.HasIndex(delivery => new { delivery.InstanceId, delivery.Destination }).IsUnique();
        builder.HasIndex(delivery => delivery.State);
        builder.Property(delivery => delivery.Attempts).IsConcurrencyToken(); // of two that try at once, one saves
        builder.HasIndex(delivery => delivery.CommitmentTransactionUid);
    }
}
