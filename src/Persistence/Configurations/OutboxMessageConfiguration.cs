using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Persistence;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.HasIndex(message => new { message.Urgent, message.NotBefore }).IsDescending(true, false).HasFilter("sent_at IS NULL");
        builder.HasIndex(message => message.DoneAt);
    }
}
