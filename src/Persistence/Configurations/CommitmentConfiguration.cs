using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class CommitmentConfiguration : IEntityTypeConfiguration<Commitment>
{
    public void Configure(EntityTypeBuilder<Commitment> builder)
    {
        builder.HasIndex(commitment => new { commitment.CallingAe, commitment.TransactionUid }).IsUnique();
        builder.HasIndex(commitment => new { commitment.State, commitment.DueAt });
        builder.HasIndex(commitment => commitment.RequestedAt);
        builder.ComplexCollection(commitment => commitment.Instances, instances => instances.ToJson("instances"));
    }
}
