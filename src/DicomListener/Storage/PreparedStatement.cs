using System.Data.Common;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.DicomListener;

/// <summary>A statement whose parameters are written as the model writes these columns, on either database.</summary>
internal sealed class PreparedStatement : IAsyncDisposable
{
    private readonly DbCommand _command;
    private readonly IReadOnlyList<(IProperty Property, RelationalTypeMapping Mapping)> _columns;

    /// <param name="sql">The statement, given the names of its parameters.</param>
    public PreparedStatement(DbConnection connection, IReadOnlyList<IProperty> columns, Func<IReadOnlyList<string>, string> sql)
    {
        _command = connection.CreateCommand();
        _columns = [.. columns.Select(column => (column, column.GetRelationalTypeMapping()))];
        var names = columns.Select((_, i) => $"@p{i}").ToList();
        _command.CommandText = sql(names);
        foreach (var ((property, mapping), name) in _columns.Zip(names))
            _command.Parameters.Add(mapping.CreateParameter(_command, name, null, nullable: true));
    }

    /// <summary>Runs it with one value a column.</summary>
    public async Task<bool> ChangesOneRowAsync(DbTransaction transaction, params IReadOnlyList<object?> values)
    {
        for (var i = 0; i < _columns.Count; i++)
            _command.Parameters[i].Value = Written(_columns[i].Mapping, values[i]);
        if (_command.Transaction is null)
        {
            _command.Transaction = transaction;
            await _command.PrepareAsync();
        }

        _command.Transaction = transaction;
        return await _command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Runs it with the columns of an entity.</summary>
    public Task<bool> ChangesOneRowAsync(DbTransaction transaction, Instance row) =>
        ChangesOneRowAsync(transaction, [.. _columns.Select(column => column.Property.GetGetter().GetClrValue(row))]);

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private static object Written(RelationalTypeMapping mapping, object? value) =>
        (value is not null && mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
}
