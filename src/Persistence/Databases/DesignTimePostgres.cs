using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Gateway.Persistence;

/// <summary>For <c>dotnet ef migrations</c>, which reads the model and opens nothing.</summary>
public sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresGatewayDbContext>
{
    public PostgresGatewayDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresGatewayDbContext>().UseNpgsql("Host=design-time").Options);
}
