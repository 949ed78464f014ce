// What a server of ours does at the least: Fastify that streams each answer of a zone with undici, for anyone
// and unsigned. `node bench/load/bare.mjs <port of the zone>`; it prints its address.
import fastify from 'fastify'
import { Pool } from 'undici'

const zone = new Pool(`http://127.0.0.1:${process.argv[2]}`, { connections: 64 })
const server = fastify()
server.route({
  method: ['GET', 'PUT'],
  url: '/v2/*',
  handler: async (request, reply) => {
    const { statusCode, headers, body } = await zone.request({
      method: request.method,
      path: request.url,
    })
    return reply.code(statusCode).type(headers['content-type']).send(body)
  },
})
await server.listen({ port: 0, host: '127.0.0.1' })
console.log(`at ${server.server.address().port}`)
