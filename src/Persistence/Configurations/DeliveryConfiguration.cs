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
        // Looked at four times a minute; of all that was ever delivered nearly none is in them.
        builder.HasIndex(delivery => delivery.CommitmentAskedAt).HasFilter("commitment_asked_at IS NOT NULL AND committed_at IS NULL");
        builder.HasIndex(delivery => delivery.CommitmentFailure).HasFilter("commitment_failure IS NOT NULL");
        builder.HasIndex(delivery => delivery.CommitmentMissedAt).HasFilter("commitment_missed_at IS NOT NULL");
    }
}
