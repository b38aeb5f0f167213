using System.ComponentModel.DataAnnotations;

namespace Gateway.Persistence;

/// <summary>The <c>Database</c> section of the configuration.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    public const string Section = "Database";

    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>ADO.NET connection string. Without one, SQLite uses <c>gateway.db</c> in the data directory.</summary>
    public string? ConnectionString { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == DatabaseProvider.Postgres && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new ValidationResult(
                "Database:ConnectionString is required with Database:Provider=Postgres.", [nameof(ConnectionString)]);
    }
}
